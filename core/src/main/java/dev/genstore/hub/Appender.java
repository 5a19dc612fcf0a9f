package dev.genstore.hub;

import dev.genstore.resource.Change;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

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
    private final OpenBatch openBatch = new OpenBatch();

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

    /** A change is about to be told: who joins from here on reads it from the log. */
    void begin(Change change) {
        openBatch.begin(change);
    }

    /** Appends what was seen of a change to all that tell it. */
    void append(Topic topic, Change change, List<Sight> sights) {
        for (Feed feed : topic.feeds()) {
            append(feed, change.revision(), told -> feed.events(sights, told));
            openBatch.told(change, feed, topic);
        }
    }

    /** All have been appended this change; tells those whose batch has ended with it. */
    Collection<Topic> endBatch(Change change) {
        Map<Feed, Topic> ended = openBatch.passed(change);
        ended.keySet()
                .forEach(feed ->
                        append(feed, change.revision(), told -> feed.endOfBatch(change, told)));
        return ended.values();
    }

    void joined(Feed feed, Topic topic) {
        openBatch.joined(feed, topic);
    }

    /** Forgets a feed. */
    void drop(Feed feed) {
        openBatch.left(feed);
        clear(feed);
    }

    private void append(Feed feed, long revision, LongFunction<List<Event>> telling) {
        try {
            grew(feed.log(), feed.append(revision, telling));
        } catch (RuntimeException | OutOfMemoryError failure) {
            fail(feed, revision, failure);
        }
        FeedStream stream = feed.stream();
        if (stream != null) {
            append(stream, revision, telling);
        }
    }

    /** A stream that failed is closed: its watchers go by the plain form until it is opened anew. */
    private void append(FeedStream stream, long revision, LongFunction<List<Event>> telling) {
        try {
            streams.consider(stream);
            grew(stream.log(), stream.append(revision, telling));
        } catch (RuntimeException | Error failure) {
            failures.note(stream.plain(), failure);
            close(stream);
            stream.log().skipTo(revision);
        }
    }

    private void grew(FrameLog log, @Nullable Segment made) {
        if (made != null) {
            windows.grew(log, made);
        }
    }

    /** Nobody knows whether a change belongs to a topic: its watchers read it from the log. */
    void skip(Topic topic, Change change, Throwable failure) {
        for (Feed feed : topic.feeds()) {
            fail(feed, change.revision(), failure);
            openBatch.told(change, feed, topic);
        }
    }

    /** The same where nothing has failed. */
    void pass(Topic topic, Change change) {
        for (Feed feed : topic.feeds()) {
            skipTo(feed, change.revision());
            openBatch.told(change, feed, topic);
        }
    }

    /** Has all watchers of a topic read the log up to this revision. */
    void skipTo(Topic topic, long revision) {
        for (Feed feed : topic.feeds()) {
            skipTo(feed, revision);
            openBatch.skipped(feed, topic);
        }
    }

    /** When memory is full, it is all windows that make it so. */
    private void fail(Feed feed, long revision, Throwable failure) {
        failures.note(feed, failure);
        if (failure instanceof OutOfMemoryError) {
            index.all().forEach(topic -> topic.feeds().forEach(this::clear));
        }
        skipTo(feed, revision);
    }

    private void skipTo(Feed feed, long revision) {
        clear(feed);
        feed.log().skipTo(revision);
        FeedStream stream = feed.stream();
        if (stream != null) {
            stream.log().skipTo(revision);
        }
    }

    private void clear(Feed feed) {
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
