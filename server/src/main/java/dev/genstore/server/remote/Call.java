package dev.genstore.server.remote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a server. Immutable.
 *
 * @param method its method
 * @param place what it is about
 * @param headers its header fields, besides those that every request has
 * @param body its content, which may be empty
 */
public record Call(String method, Place place, Map<String, String> headers, String body) {
    public Call {
        headers = Map.copyOf(headers);
    }

    /** A request without content. */
    public static Call of(String method, Place place) {
        return new Call(method, place, Map.of(), "");
    }

    /** The same with a content. */
    public Call sending(String contentType, String content) {
        return new Call(method, place, headers, content).with("Content-Type", contentType);
    }

    /** The same with a header field. */
    public Call with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, place, more, body);
    }

    /** The same with a header field, if there is a value. */
    public Call with(String name, Optional<String> value) {
        return value.map(given -> with(name, given)).orElse(this);
    }
}
