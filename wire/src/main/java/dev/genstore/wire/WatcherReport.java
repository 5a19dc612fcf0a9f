package dev.genstore.wire;

import dev.genstore.router.ClientAddress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * One who watches, as he was found at one moment. Immutable.
 *
 * @param path what he watches, without the query; null where he waits for the answer of a poll
 * @param watches how many watches he has by the same connection
 * @param position up to where he was told by the watch of the path; null where that is not known
 * @param lagRevisions how many changes he may have to be told yet, by the watch that is furthest behind
 * @param bytesSent what the other end of his connection has confirmed; null where that can't be asked
 * @param age how long ago he connected
 * @param principal who he is
 */
public record WatcherReport(
        Transport transport,
        @Nullable String path,
        int watches,
        @Nullable String position,
        long lagRevisions,
        @Nullable Long bytesSent,
        Duration age,
        ClientAddress address,
        String principal) {}
