package dev.genstore.hub;

import java.util.concurrent.atomic.AtomicLong;

/** What the rankings of all live windows take together. Thread-safe. */
final class RankingMemory {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    RankingMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** One of them has grown by so much, or shrunk when it is negative. */
    void grew(long byBytes) {
        bytes.addAndGet(byBytes);
    }

    long bytes() {
        return bytes.get();
    }

    boolean isFull() {
        return bytes.get() > bytesMax;
    }
}
