package dev.genstore.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Whether a peer takes what is written to it. A write into a socket that is full makes no progress
 * until the peer reads. Confined to the peer's loop.
 */
final class WriteProgress {
    private final Channel channel;
    private boolean isBusy;
    private long lastProgress;
    private long progressNanos;

    WriteProgress(Channel channel) {
        this.channel = channel;
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
        long progress = progress();
        if (progress != lastProgress) {
            lastProgress = progress;
            progressNanos = nowNanos;
        }
        return nowNanos - progressNanos >= patienceNanos;
    }

    /** How far it is, and in which piece: TLS makes several of one, which may be equally long. */
    private long progress() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null
                ? 0
                : 31L * System.identityHashCode(outbound.current()) + outbound.currentProgress();
    }
}
