package dev.genstore.wire.tls;

import java.time.Instant;

/**
 * When a certificate is good. Immutable.
 *
 * @param name whose it is
 * @param from not before this
 * @param until not after this
 */
public record Validity(String name, Instant from, Instant until) {}
