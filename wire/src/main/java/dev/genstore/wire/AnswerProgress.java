package dev.genstore.wire;

import java.util.concurrent.TimeUnit;

/**
 * Whether a peer takes its answer, and fast enough: an answer is held until it is taken, and who takes a
 * byte now and then could hold it for days. All answers on one connection have the least rate together,
 * so that many at once are not too many for a slow line.
 *
 * <p>What a watcher is told is not held for him, so that may go as slowly as it likes.
 *
 * <p>Confined to the peer's loop.
 */
final class AnswerProgress {
    /** Less than a slow telephone. */
    static final int BYTES_PER_SECOND_MIN = 4 << 10;

    private final Taking peer;
    private final StreamsTaking streams;
    private final WriteProgress progress;
    private long waitingBytes;
    private long sinceNanos;

    /** Of one that has its connection for itself. */
    AnswerProgress(Taking peer) {
        this(peer, new StreamsTaking());
    }

    /**
     * Of a stream.
     *
     * @param streams counts those of its connection
     */
    AnswerProgress(Taking peer, StreamsTaking streams) {
        this.peer = peer;
        this.streams = streams;
        this.progress = new WriteProgress(peer);
    }

    /** An answer of this length is written now. */
    void begin(int bytes) {
        if (!progress.isBusy()) {
            streams.begin();
        }
        progress.begin();
        waitingBytes = peer.waitingBytes() + bytes;
        sinceNanos = System.nanoTime();
    }

    /** It is taken, or can't be any more. */
    void end() {
        if (progress.isBusy()) {
            streams.end();
        }
        progress.end();
    }

    /** Whether the peer has taken none of it for so long, or too little in so long. */
    boolean isStalled(long nowNanos, long patienceNanos) {
        return progress.isStalled(nowNanos, patienceNanos)
                || (progress.isBusy() && isTooSlow(nowNanos, patienceNanos));
    }

    private boolean isTooSlow(long nowNanos, long patienceNanos) {
        if (nowNanos - sinceNanos < patienceNanos) {
            return false;
        }
        long takenBytes = waitingBytes - peer.waitingBytes();
        long leastBytes = TimeUnit.NANOSECONDS.toSeconds(patienceNanos) * BYTES_PER_SECOND_MIN;
        waitingBytes -= takenBytes;
        sinceNanos = nowNanos;
        return takenBytes < leastBytes / streams.count();
    }
}
