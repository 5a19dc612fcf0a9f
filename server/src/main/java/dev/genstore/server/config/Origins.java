package dev.genstore.server.config;

import dev.genstore.wire.http.OriginPolicy;

import java.util.Optional;
import java.util.regex.Pattern;

/** Origins as a browser names them: scheme, host and perhaps a port (RFC 6454, 6.2). */
final class Origins {
    /** A browser leaves out the port that the scheme means anyway. */
    private static final Pattern USUAL_PORT =
            Pattern.compile("(http://[^/]*):80|(https://[^/]*):443");

    private Origins() {}

    /** The origin that is written so, in small letters, as a browser writes it. */
    static Optional<String> parse(String text) {
        String origin = USUAL_PORT.matcher(text).matches()
                ? text.substring(0, text.lastIndexOf(':'))
                : text;
        return Optional.of(origin).filter(OriginPolicy::isOrigin);
    }
}
