package dev.genstore.wire;

import dev.genstore.hub.Framing;
import dev.genstore.wire.http.Chunks;
import dev.genstore.wire.ndjson.NdjsonFraming;
import dev.genstore.wire.sse.SseFraming;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/**
 * A response that never ends by itself: Server-Sent Events or lines of JSON. The connection is read
 * all the time, only to notice its end; what the peer sends is dropped.
 *
 * <p>Confined to the peer's loop.
 */
final class StreamConnection extends WatchingConnection {
    private static final Framing SSE = new SseFraming();
    private static final Framing NDJSON = new NdjsonFraming();

    /** So long a peer that is dismissed may take for what it was told before. */
    private static final long DISMISSAL_NANOS = 2_000_000_000L;

    private final Service service;
    private boolean isDismissed;
    private long dismissedNanos;

    StreamConnection(Peer peer, Service service) {
        super(peer);
        this.service = service;
    }

    /** The media type of the answer. */
    static String mediaType(Transport transport) {
        return transport == Transport.SSE ? SseFraming.MEDIA_TYPE : NdjsonFraming.MEDIA_TYPE;
    }

    /** Begins to tell; the head of the answer is written. */
    void begin(Asking.Stream asked) {
        watch(asked, asked.transport() == Transport.SSE ? SSE : NDJSON);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
    }

    @Override
    public void sweep(long nowNanos) {
        if (sink().isStalled(nowNanos, service.settings().stallTimeout().toNanos())) {
            peer().close(DisconnectCause.STALLED);
        } else if (isDismissed && nowNanos - dismissedNanos >= DISMISSAL_NANOS) {
            peer().close(DisconnectCause.CREDENTIALS);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        endWatching();
        ByteBuf end = Unpooled.wrappedBuffer(Chunks.last());
        if (peer().transport() == Transport.SSE) {
            end = Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(SseFraming.retry(retryAfterMillis)), end);
        }
        peer().blame(DisconnectCause.STOPPING);
        peer().channel()
                .writeAndFlush(end)
                .addListener(written -> peer().close(DisconnectCause.STOPPING));
    }

    /** The stream ends whole; who asks again is told why not. */
    @Override
    public void dismiss() {
        endWatching();
        isDismissed = true;
        dismissedNanos = System.nanoTime();
        peer().blame(DisconnectCause.CREDENTIALS);
        peer().channel()
                .writeAndFlush(Unpooled.wrappedBuffer(Chunks.last()))
                .addListener(written -> peer().close(DisconnectCause.CREDENTIALS));
    }

    /** The stream is cut without its last chunk, so the client sees that something is wrong. */
    @Override
    void fail(RuntimeException cause) {
        peer().close(DisconnectCause.FAILED);
    }
}
