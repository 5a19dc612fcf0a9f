package dev.genstore.wire;

import dev.genstore.hub.Sink;
import dev.genstore.hub.Watcher;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Gives a watcher's frames to a socket, without copying and one piece at a time: the next comes when
 * the kernel has taken the one before. So at most one piece of shared memory is referred to here, and
 * it always ends at a frame's end.
 *
 * <p>Confined to the peer's loop.
 */
final class SocketSink implements Sink {
    private final Peer peer;
    private final Runnable onFailure;
    private final WriteProgress progress;
    private @Nullable Watcher watcher;

    /**
     * A sink of this peer's socket.
     *
     * @param onFailure ends the conversation when the watcher can't go on
     */
    SocketSink(Peer peer, Runnable onFailure) {
        this.peer = peer;
        this.onFailure = onFailure;
        this.progress = new WriteProgress(peer.channel());
    }

    /** The watcher whose frames come here; it has not begun. */
    void serve(Watcher served) {
        watcher = served;
        served.begin();
    }

    /** The watcher ends; what it has given is still sent. */
    void close() {
        if (watcher != null) {
            watcher.close();
        }
    }

    @Override
    public void write(ByteBuffer frames, int count) {
        progress.begin();
        peer.peers().meter().delivered(peer.transport(), count);
        peer.channel().writeAndFlush(Unpooled.wrappedBuffer(frames)).addListener(this::taken);
    }

    @Override
    public void fail(RuntimeException cause) {
        onFailure.run();
    }

    private void taken(Future<?> written) {
        progress.end();
        if (!written.isSuccess()) {
            peer.unwritten(written.cause());
        } else if (watcher != null) {
            watcher.written();
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
