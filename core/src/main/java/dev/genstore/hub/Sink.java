package dev.genstore.hub;

import java.nio.ByteBuffer;

/**
 * Where a watcher's frames go, for example a socket. It belongs to one watcher and is called on that
 * watcher's loop only.
 */
public interface Sink {
    /** Says that there is no {@link #descriptor}. */
    int NO_DESCRIPTOR = -1;

    /**
     * The file descriptor of the socket behind it, for the loop's {@link Sender}. It is asked once;
     * whoever closes the socket or writes to it by another way first closes or pauses the watcher.
     */
    default int descriptor() {
        return NO_DESCRIPTOR;
    }

    /**
     * Takes frames; called again only after {@link Watcher#written()}.
     *
     * @param frames read-only, and valid during this call only
     * @param count how many events they tell
     */
    void write(ByteBuffer frames, int count);

    /** The watcher can't go on: what it needs is damaged or can't be read. The log says more. */
    void fail(RuntimeException cause);
}
