package dev.genstore.server.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request is about: a path with its query, as it goes into the request. Immutable.
 *
 * @param url begins with a slash
 */
public record Place(String url) {
    private static final String API = "/api";
    private static final String AS_THEY_ARE = "-._~!$&'()*+,;=:@/?";

    /** All collections. */
    public static Place root() {
        return new Place(API);
    }

    /**
     * What somebody means who types this: {@code notes}, {@code notes/7}, {@code notes?status=open} or
     * {@code /api/notes/7}. What can't stand in a URL is encoded; a percent sign that begins an octet
     * stays.
     */
    public static Place of(String typed) {
        String encoded = encoded(typed);
        if (encoded.startsWith("/")) {
            return new Place(encoded);
        }
        boolean isRoot = encoded.isEmpty() || encoded.startsWith("?");
        return new Place(API + (isRoot ? "" : "/") + encoded);
    }

    /** The same with one more parameter. */
    public Place with(String name, String value) {
        String separator = url.indexOf('?') < 0 ? "?" : "&";
        return new Place(url + separator + name + "=" + parameter(value));
    }

    /** The same with one more parameter, if there is a value. */
    public Place with(String name, Optional<String> value) {
        return value.map(given -> with(name, given)).orElse(this);
    }

    /** The path alone. */
    public String path() {
        return url.replaceFirst("\\?.*", "");
    }

    /** The place of a member of this collection. */
    public Place member(String id) {
        return new Place(path() + "/" + parameter(id));
    }

    /** Whether this is a collection, and not one of its resources. */
    public boolean isCollection() {
        return path().matches(API + "/[^/]+");
    }

    private static String parameter(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encoded(String typed) {
        var url = new StringBuilder();
        byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char letter = (char) (bytes[i] & 0xff);
            if (isPlain(letter) || beginsOctet(bytes, i)) {
                url.append(letter);
            } else {
                url.append(String.format("%%%02X", (int) letter));
            }
        }
        return url.toString();
    }

    private static boolean isPlain(char letter) {
        return (letter < 128 && Character.isLetterOrDigit(letter))
                || AS_THEY_ARE.indexOf(letter) >= 0;
    }

    private static boolean beginsOctet(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
    }

    @Override
    public String toString() {
        return url;
    }
}
