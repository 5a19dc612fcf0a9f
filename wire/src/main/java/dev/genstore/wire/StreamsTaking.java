package dev.genstore.wire;

/**
 * How many streams of one connection are taking an answer: those share its line. One that is told of
 * changes is not among them, however much waits for it.
 *
 * <p>Confined to the connection's loop.
 */
final class StreamsTaking {
    private int count;

    /** One more begins. */
    void begin() {
        count++;
    }

    /** One that has begun has taken all, or is gone. */
    void end() {
        count--;
    }

    int count() {
        return count;
    }
}
