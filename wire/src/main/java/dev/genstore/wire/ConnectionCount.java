package dev.genstore.wire;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, and streams of HTTP/2, which count as such. Thread-safe. */
final class ConnectionCount {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionCount(int max) {
        this.max = max;
    }

    /** One more, of which {@link #remove} tells when it is gone; whether there is room for it. */
    boolean add() {
        return open.incrementAndGet() <= max;
    }

    void remove() {
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }
}
