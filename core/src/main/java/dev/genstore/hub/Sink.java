package dev.genstore.hub;

import java.nio.ByteBuffer;

/**
 * Where a watcher's frames go, for example a socket. It belongs to one watcher and is called on that
 * watcher's loop only.
 */
public interface Sink {
    /**
     * Takes frames; called again only after {@link Watcher#written()}.
     *
     * @param frames direct memory that stays valid and must not be changed
     * @param count how many events they tell
     */
    void write(ByteBuffer frames, int count);

    /** The watcher can't go on: what it needs is damaged or can't be read. The log says more. */
    void fail(RuntimeException cause);
}
