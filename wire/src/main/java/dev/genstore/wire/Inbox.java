package dev.genstore.wire;

import dev.genstore.wire.rates.MessageRate;
import dev.genstore.wire.websocket.Message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/**
 * How often a peer says something, and what it has sent that is looked at later: when it has taken the answers to what it sent before,
 * or when others have had their turn. As long as something waits here nothing more is read from the
 * socket, so it is never more than was read at once; the rest stays with the peer.
 *
 * <p>Confined to the peer's loop.
 */
final class Inbox {
    private final Peer peer;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private @Nullable WriteProgress progress; // while something waits here
    private @Nullable MessageRate rate; // when the peer has said something by itself

    Inbox(Peer peer) {
        this.peer = peer;
    }

    /** Whether this is one message too many. Who only answers our pings costs no account. */
    boolean isTooMuch(Message message) {
        if (!(message instanceof Message.Text || message instanceof Message.Ping)) {
            return false;
        }
        long nowNanos = System.nanoTime();
        MessageRate known = rate == null ? new MessageRate(nowNanos) : rate;
        rate = known;
        return known.isTooMuch(nowNanos);
    }

    boolean isHolding() {
        return progress != null;
    }

    /** Keeps these bytes, behind those that it has, and lets no more in. */
    void hold(ByteBuf bytes) {
        if (progress == null) {
            progress = new WriteProgress(peer);
            progress.begin();
            kept = Unpooled.buffer(bytes.readableBytes());
            peer.channel().config().setAutoRead(false);
        }
        kept.writeBytes(bytes);
    }

    /** The peer has taken an answer. */
    void progressed() {
        if (progress != null) {
            progress.begin();
        }
    }

    /** Whether the peer has taken no byte for so long of what it must take first. */
    boolean isStalled(long nowNanos, long patienceNanos) {
        return progress != null && progress.isStalled(nowNanos, patienceNanos);
    }

    /** Hands out what it has kept, and lets more in. */
    ByteBuf open() {
        ByteBuf bytes = kept;
        drop();
        peer.channel().config().setAutoRead(true);
        return bytes;
    }

    /** Nobody will look at it. */
    void drop() {
        progress = null;
        kept = Unpooled.EMPTY_BUFFER;
    }
}
