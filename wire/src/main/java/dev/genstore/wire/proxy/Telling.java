package dev.genstore.wire.proxy;

/**
 * How a proxy says who asks. It is one way only: a proxy that writes one of them passes on what a
 * client has written into the others.
 */
public enum Telling {
    /** By the fields {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of each request. */
    X_FORWARDED,
    /** By the field {@code Forwarded} of each request (RFC 7239). */
    FORWARDED,
    /** By a header in front of all else on the connection: the PROXY protocol, version 1 or 2. */
    PROXY_PROTOCOL
}
