package dev.genstore.wire.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** How a client asks: in the open, or by TLS. */
public enum Scheme {
    HTTP,
    HTTPS;

    /** As URLs have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scheme of this name, in either case, or null when it is none of these. */
    public static @Nullable Scheme named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "http" -> HTTP;
            case "https" -> HTTPS;
            default -> null;
        };
    }
}
