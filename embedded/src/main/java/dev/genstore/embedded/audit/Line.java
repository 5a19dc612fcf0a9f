package dev.genstore.embedded.audit;

import dev.genstore.resource.Credentials;
import dev.genstore.resource.Json;
import dev.genstore.resource.Position;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;

import tools.jackson.core.JsonGenerator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** How a line is written: an object that begins with its time and says next what has happened. */
final class Line {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** A path of a resource has at most 196; longer ones name nothing. */
    private static final int PATH_CHARACTERS_MAX = 256;

    private Line() {}

    /**
     * A line, with its end.
     *
     * @param rest writes further members
     */
    static byte[] of(Instant time, String event, Consumer<JsonGenerator> rest) {
        byte[] json = Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("time", TIME.format(time));
            generator.writeStringProperty("event", event);
            rest.accept(generator);
            generator.writeEndObject();
        });
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** Who it was, and from where; nothing of who, where he has not said it. */
    static void who(JsonGenerator generator, Principal principal, ClientAddress address) {
        generator.writeStringProperty("address", address.toString());
        if (!principal.isNobody()) {
            generator.writeStringProperty("principal", principal.id());
            generator.writeStringProperty(
                    "by",
                    principal.session() == null
                            ? principal.kind().name().toLowerCase(Locale.ROOT)
                            : "session");
        }
    }

    /** What of the URL may be known: never its query, nor what lets somebody in. */
    static void target(JsonGenerator generator, String path) {
        generator.writeStringProperty("target", shortened(Credentials.masked(decoded(path))));
    }

    /** As the router understands it: another spelling of a path must not hide what is done there. */
    static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }

    /** The position of what was written or shown. */
    static void revision(JsonGenerator generator, Position position) {
        generator.writeStringProperty("revision", position.toString());
    }

    private static String shortened(String path) {
        String known =
                new String(path.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        return known.length() <= PATH_CHARACTERS_MAX
                ? known
                : known.substring(0, PATH_CHARACTERS_MAX) + "…";
    }
}
