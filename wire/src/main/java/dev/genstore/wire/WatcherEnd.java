package dev.genstore.wire;

import dev.genstore.router.ClientAddress;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Somebody who watched does so no more. Immutable.
 *
 * @param path what he watched, without the query; null where it was a poll
 */
public record WatcherEnd(
        Instant time,
        DisconnectCause cause,
        Transport transport,
        @Nullable String path,
        ClientAddress address,
        String principal) {}
