package dev.genstore.router;

import org.jspecify.annotations.Nullable;

/** The HTTP methods that can be bound (RFC 9110, 9.3; RFC 5789; RFC 10008). */
public enum Method {
    GET,
    HEAD,
    QUERY,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /** Whether it only asks, and changes nothing (RFC 9110, 9.2.1). */
    public boolean isSafe() {
        return switch (this) {
            case GET, HEAD, QUERY, OPTIONS -> true;
            case POST, PUT, PATCH, DELETE -> false;
        };
    }

    /** The method of this name, which is case-sensitive, or null when it is none of these. */
    public static @Nullable Method named(String name) {
        for (Method method : values()) {
            if (method.name().equals(name)) {
                return method;
            }
        }
        return null;
    }
}
