package dev.genstore.wire;

/**
 * Whether a peer takes what is written to it. A write into a socket that is full makes no progress
 * until the peer reads. Confined to the peer's loop.
 */
final class WriteProgress {
    private final Taking peer;
    private boolean isBusy;
    private long lastProgress;
    private long progressNanos;

    WriteProgress(Taking peer) {
        this.peer = peer;
    }

    void begin() {
        isBusy = true;
        lastProgress = -1;
        progressNanos = System.nanoTime();
    }

    void end() {
        isBusy = false;
    }

    boolean isBusy() {
        return isBusy;
    }

    /** Whether the peer has taken no byte of what waits for it for so long. */
    boolean isStalled(long nowNanos, long patienceNanos) {
        if (!isBusy) {
            return false;
        }
        long progress = peer.progress();
        if (progress != lastProgress) {
            lastProgress = progress;
            progressNanos = nowNanos;
        }
        return nowNanos - progressNanos >= patienceNanos;
    }
}
