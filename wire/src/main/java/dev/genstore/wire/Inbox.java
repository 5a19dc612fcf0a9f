package dev.genstore.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * What a peer has sent and is looked at later: when it has taken the answers to what it sent before,
 * or when others have had their turn. As long as something waits here nothing more is read from the
 * socket, so it is never more than was read at once; the rest stays with the peer.
 *
 * <p>Confined to the peer's loop.
 */
final class Inbox {
    private final Channel channel;
    private final WriteProgress progress;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private boolean isHolding;

    Inbox(Channel channel) {
        this.channel = channel;
        this.progress = new WriteProgress(channel);
    }

    boolean isHolding() {
        return isHolding;
    }

    /** Keeps these bytes, behind those that it has, and lets no more in. */
    void hold(ByteBuf bytes) {
        if (!isHolding) {
            isHolding = true;
            kept = Unpooled.buffer(bytes.readableBytes());
            progress.begin();
            channel.config().setAutoRead(false);
        }
        kept.writeBytes(bytes);
    }

    /** The peer has taken an answer. */
    void progressed() {
        progress.begin();
    }

    /** Whether the peer has taken no byte for so long of what it must take first. */
    boolean isStalled(long nowNanos, long patienceNanos) {
        return progress.isStalled(nowNanos, patienceNanos);
    }

    /** Hands out what it has kept, and lets more in. */
    ByteBuf open() {
        ByteBuf bytes = kept;
        drop();
        channel.config().setAutoRead(true);
        return bytes;
    }

    /** Nobody will look at it. */
    void drop() {
        isHolding = false;
        kept = Unpooled.EMPTY_BUFFER;
        progress.end();
    }
}
