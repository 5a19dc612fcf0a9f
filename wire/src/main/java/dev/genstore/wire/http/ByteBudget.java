package dev.genstore.wire.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all connections of a server together may hold: of bodies as far as they have come,
 * and of answers that are not sent yet. Without it many peers that send slowly or do not read could
 * fill the memory, each within its own limits.
 *
 * <p>What is small is always taken and not counted, so where a few peers have filled the budget, the
 * others lose only what is large. And one that is alone is never refused, however much it wants.
 *
 * <p>Thread-safe.
 */
public final class ByteBudget {
    private static final int SMALL_BODY_BYTES = 4 << 10;

    /** More than for a body: an answer that repeats a body, and adds a little, always follows it. */
    private static final int SMALL_ANSWER_BYTES = 2 * SMALL_BODY_BYTES;

    private final long bytesMax;
    private final AtomicLong heldBytes = new AtomicLong();

    public ByteBudget(long bytesMax) {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax must be at least 1: " + bytesMax);
        }
        this.bytesMax = bytesMax;
    }

    /** How many bytes are held now, without what is small. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** A share in it, which has nothing yet. */
    public Share share() {
        return new Share();
    }

    private boolean exchange(long fromBytes, long toBytes) {
        while (true) {
            long held = heldBytes.get();
            long others = held - fromBytes;
            if (toBytes > fromBytes && others > 0 && others + toBytes > bytesMax) {
                return false;
            }
            if (heldBytes.compareAndSet(held, others + toBytes)) {
                return true;
            }
        }
    }

    /**
     * What one connection holds, for one purpose at a time. Whoever is done gives it back.
     *
     * <p>Confined to the thread that the request is with.
     */
    public final class Share {
        private long bytes;

        private Share() {}

        /** Holds this much of a request from now on, and nothing else; false when it has no room. */
        public boolean holdRequest(long requestBytes) {
            return hold(requestBytes - SMALL_BODY_BYTES);
        }

        /** Holds an answer of this length from now on, and nothing else; false when it has no room. */
        public boolean holdAnswer(long answerBytes) {
            return hold(answerBytes - SMALL_ANSWER_BYTES);
        }

        /** Holds nothing any more. */
        public void giveBack() {
            hold(0);
        }

        private boolean hold(long wantedBytes) {
            long counted = Math.max(0, wantedBytes);
            boolean fits = counted == bytes || exchange(bytes, counted);
            bytes = fits ? counted : bytes;
            return fits;
        }
    }
}
