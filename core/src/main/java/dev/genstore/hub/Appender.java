package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

/**
 * Appends to feeds and to their streams, and keeps what their windows take within bounds. Whatever
 * fails costs its feed the window, and nobody else anything.
 *
 * <p>Guarded by the hub's lock.
 */
final class Appender {
    private final WatchIndex index;
    private final Windows windows;
    private final OpenStreams streams;
    private final FailureLog failures;

    Appender(WatchIndex index, Hub.Limits limits, FailureLog failures) {
        this.index = index;
        this.windows = new Windows(limits.feedBytesMax(), limits.totalBytesMax());
        this.streams = new OpenStreams(limits.streamsMax());
        this.failures = failures;
    }

    /** How much memory the windows take. */
    long windowBytes() {
        return windows.bytes();
    }

    int streamCount() {
        return streams.count();
    }

    /** Appends what was seen of a change to all that tell it. */
    void append(Topic topic, Sight sight) {
        topic.feeds().forEach(feed -> append(feed, sight));
    }

    private void append(Feed feed, Sight sight) {
        try {
            grew(feed.log(), feed.append(sight));
        } catch (RuntimeException | OutOfMemoryError failure) {
            skip(feed, sight.revision(), failure);
        }
        FeedStream stream = feed.stream();
        if (stream != null) {
            append(stream, sight);
        }
    }

    /** A stream that failed is closed: its watchers go by the plain form until it is opened anew. */
    private void append(FeedStream stream, Sight sight) {
        try {
            streams.consider(stream);
            grew(stream.log(), stream.append(sight));
        } catch (RuntimeException | Error failure) {
            failures.note(stream.plain(), failure);
            close(stream);
            stream.log().skipTo(sight.revision());
        }
    }

    private void grew(FrameLog log, @Nullable Segment made) {
        if (made != null) {
            windows.grew(log, made);
        }
    }

    /** What a failure leaves open is read from the log. When memory is full, so is everything else. */
    void skip(Feed feed, long revision, Throwable failure) {
        failures.note(feed, failure);
        if (failure instanceof OutOfMemoryError) {
            index.all().forEach(topic -> topic.feeds().forEach(this::clear));
        }
        skipTo(feed, revision);
    }

    /** Has its watchers read the log up to this revision. */
    void skipTo(Feed feed, long revision) {
        clear(feed);
        feed.log().skipTo(revision);
        FeedStream stream = feed.stream();
        if (stream != null) {
            stream.log().skipTo(revision);
        }
    }

    /** Empties its windows. */
    void clear(Feed feed) {
        windows.clear(feed.log());
        FeedStream stream = feed.stream();
        if (stream != null) {
            close(stream);
        }
    }

    void closeLonelyStreams() {
        streams.lonely().forEach(this::close);
    }

    void closeStreams() {
        streams.all().forEach(this::close);
    }

    private void close(FeedStream stream) {
        streams.close(stream);
        windows.clear(stream.log());
    }
}
