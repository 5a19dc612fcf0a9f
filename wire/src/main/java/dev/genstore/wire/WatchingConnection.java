package dev.genstore.wire;

import dev.genstore.hub.Framing;
import dev.genstore.hub.StreamForm;
import dev.genstore.hub.Watcher;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

import org.jspecify.annotations.Nullable;

/**
 * A connection that a watcher is told over. It is read all the time, if only to notice its end.
 *
 * <p>Confined to the peer's loop.
 */
abstract class WatchingConnection extends ChannelInboundHandlerAdapter implements Conversation {
    /** When one may come back who asked in the moment in which the rules changed. */
    static final int REJOIN_MILLIS = 500;

    private final Peer peer;
    private final SocketSink sink;
    private @Nullable Watcher watcher;
    private @Nullable Sight sight;

    WatchingConnection(Peer peer) {
        this.peer = peer;
        this.sink = new SocketSink(peer, this::fail);
    }

    final Peer peer() {
        return peer;
    }

    final SocketSink sink() {
        return sink;
    }

    /** Begins to tell; the answer to what was asked is written. */
    final void watch(Asking.Stream asked, Framing framing) {
        peer.converse(asked.transport(), this);
        if (maySee(asked)) {
            serve(peer.peers().loop().watch(asked.watch(), framing, asked.start(), sink.line()));
        }
    }

    /** Begins to tell somebody who understands a stream. */
    final void watch(Asking.Stream asked, StreamForm form) {
        peer.converse(asked.transport(), this);
        if (maySee(asked)) {
            serve(peer.peers().loop().watch(asked.watch(), form, asked.start(), sink.line()));
        }
    }

    /** The rules may have changed since it asked; from here on it hears of that. */
    private boolean maySee(Asking.Stream asked) {
        sight = asked.sight();
        peer.watches().began(asked.watch().target().path());
        review(REJOIN_MILLIS);
        return isOpen();
    }

    /** What has become of what it sees at its own URL. */
    Sight.Now sightNow() {
        return sight == null ? Sight.Now.SAME : sight.now();
    }

    /** Whether it was not ended yet. */
    abstract boolean isOpen();

    private void serve(Watcher made) {
        watcher = made;
        sink.serve(made);
    }

    /** Whether there is something at the URL that it was opened at. */
    final boolean isWatching() {
        return watcher != null;
    }

    /** What is at the URL that it was opened at, without the query. */
    String path() {
        return sight == null ? Exchange.WATCH_PATH : sight.asked().target().path();
    }

    /** Up to where that was told, if it is known. */
    final @Nullable String position() {
        return watcher == null || !isOpen() ? null : watcher.position().orElse(null);
    }

    /** How many watches are told by it. */
    int watchCount() {
        return watcher == null ? 0 : 1;
    }

    /** How many changes the one of them that is furthest behind may have to be told yet. */
    long lagRevisions() {
        return watcher == null ? 0 : watcher.lagRevisions();
    }

    /** Nothing is told any more; what was given to the socket is still sent. */
    void endWatching() {
        if (watcher != null) {
            watcher.close();
        }
    }

    @Override
    public void warn(long untilMillis) {
        if (watcher != null) {
            watcher.warn(untilMillis);
        }
    }

    /** Ends it because the watcher can't go on. */
    abstract void fail(RuntimeException cause);

    /** A peer that sends no more is taken to be gone: it could not be told from one that is. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        peer.broke(cause);
    }

    @Override
    public void ended() {
        endWatching();
    }
}
