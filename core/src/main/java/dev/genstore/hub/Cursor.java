package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

/**
 * A watcher's position: everything up to {@link #revision} has been told. The segment and the index
 * of the next frame in it are a short cut, lost when the segment is dropped. Confined to a loop.
 */
final class Cursor {
    long revision;

    @Nullable Segment segment;

    int index;

    Cursor(long revision) {
        this.revision = revision;
    }

    void at(Segment found, int next) {
        segment = found;
        index = next;
    }

    void lose() {
        segment = null;
        index = 0;
    }
}
