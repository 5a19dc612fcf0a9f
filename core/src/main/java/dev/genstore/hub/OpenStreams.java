package dev.genstore.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams that are open. Each takes some memory, so there are only so many, and none for a single
 * watcher; who gets none is told in the plain form.
 *
 * <p>Guarded by the hub's lock.
 */
final class OpenStreams {
    private static final int WATCHERS_MIN = 2;

    private final int countMax;
    private final Set<FeedStream> open = new LinkedHashSet<>();

    OpenStreams(int countMax) {
        this.countMax = countMax;
    }

    int count() {
        return open.size();
    }

    /** Opens a stream, if it is worth that and there is room. */
    void consider(FeedStream stream) {
        if (!stream.isOpen() && stream.watcherCount() >= WATCHERS_MIN && open.size() < countMax) {
            stream.open();
            open.add(stream);
        }
    }

    void close(FeedStream stream) {
        open.remove(stream);
        stream.close();
    }

    /** Those that have too few watchers by now. */
    List<FeedStream> lonely() {
        return open.stream()
                .filter(stream -> stream.watcherCount() < WATCHERS_MIN)
                .toList();
    }

    List<FeedStream> all() {
        return new ArrayList<>(open);
    }
}
