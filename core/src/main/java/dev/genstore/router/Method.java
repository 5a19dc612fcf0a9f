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
