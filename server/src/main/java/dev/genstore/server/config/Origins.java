package dev.genstore.server.config;

import dev.genstore.router.Origin;
import dev.genstore.wire.http.OriginPolicy;

import java.util.Optional;

/** Origins as a browser names them: scheme, host and perhaps a port (RFC 6454, 6.2). */
final class Origins {
    private Origins() {}

    /**
     * The origin that is written so, in small letters, as a browser writes it: that leaves out the port
     * which the scheme means anyway.
     */
    static Optional<String> parse(String text) {
        Origin origin = Origin.parse(text);
        boolean hasTooMuch = origin != null
                && origin.namesUsualPort()
                && text.endsWith(":" + origin.place().port());
        String written = hasTooMuch ? text.substring(0, text.lastIndexOf(':')) : text;
        return Optional.of(written).filter(OriginPolicy::isOrigin);
    }
}
