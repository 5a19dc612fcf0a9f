package dev.genstore.wire;

import dev.genstore.hub.Line;
import dev.genstore.hub.Sink;
import dev.genstore.hub.Watcher;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The socket of a watcher, or of several. Most frames go past it, by the loop's sender; what the kernel does not take at
 * once comes here and waits in the channel's buffer, one piece at a time, which ends at a frame's end.
 *
 * <p>What the protocol itself has to say goes through the channel too, and makes the line pause until
 * it is written: so the sender never writes between two bytes of something else.
 *
 * <p>Confined to the peer's loop.
 */
final class SocketSink implements Sink {
    private final Peer peer;
    private final Consumer<RuntimeException> onFailure;
    private final WriteProgress progress;
    private final Line line;

    /**
     * A sink of this peer's socket.
     *
     * @param onFailure ends the conversation when the watcher can't go on
     */
    SocketSink(Peer peer, Consumer<RuntimeException> onFailure) {
        this.peer = peer;
        this.onFailure = onFailure;
        this.progress = new WriteProgress(peer);
        this.line = new Line(this);
    }

    /** The way that all its watchers are told by. */
    Line line() {
        return line;
    }

    /** A watcher begins, behind what is being written already. */
    void serve(Watcher served) {
        control(Unpooled.EMPTY_BUFFER);
        peer.channel().flush();
        served.begin();
    }

    /** Writes something else than frames of a watcher; it is up to the caller to flush. */
    ChannelFuture control(ByteBuf bytes) {
        ChannelFuture written = peer.channel().write(bytes);
        line.pause();
        written.addListener(this::resume);
        return written;
    }

    private void resume(Future<?> written) {
        if (written.isSuccess()) {
            line.resume();
        } else {
            peer.unwritten(written.cause());
        }
    }

    @Override
    public int descriptor() {
        return peer.descriptor();
    }

    @Override
    public void write(ByteBuffer frames, int count) {
        progress.begin();
        ByteBuf copy = peer.channel().alloc().directBuffer(frames.remaining()).writeBytes(frames);
        peer.channel().writeAndFlush(copy).addListener(this::taken);
    }

    @Override
    public void fail(RuntimeException cause) {
        onFailure.accept(cause);
    }

    private void taken(Future<?> written) {
        progress.end();
        if (!written.isSuccess()) {
            peer.unwritten(written.cause());
        } else {
            line.written();
        }
    }

    boolean isBusy() {
        return progress.isBusy();
    }

    /** Whether the peer has taken no byte of what waits for it for so long. */
    boolean isStalled(long nowNanos, long patienceNanos) {
        return progress.isStalled(nowNanos, patienceNanos);
    }
}
