package dev.genstore.wire;

import dev.genstore.hub.Framing;
import dev.genstore.wire.http.Chunks;
import dev.genstore.wire.ndjson.NdjsonFraming;
import dev.genstore.wire.sse.SseFraming;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

/**
 * A response that never ends by itself: Server-Sent Events or lines of JSON. The connection is read
 * all the time, only to notice its end; what the peer sends is dropped.
 *
 * <p>Confined to the peer's loop.
 */
final class StreamConnection extends WatchingConnection {
    private static final Framing SSE = new SseFraming();
    private static final Framing NDJSON = new NdjsonFraming();

    /** So long a peer may take for what it was told before the end. */
    private static final long ENDING_NANOS = 2_000_000_000L;

    private final Service service;
    /** Why it ends, once it does. */
    private @Nullable DisconnectCause ending;

    private long endingNanos;

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
        } else if (ending != null && nowNanos - endingNanos >= ENDING_NANOS) {
            peer().close(ending);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        endFor(retryAfterMillis, DisconnectCause.STOPPING);
    }

    /** Who comes back is told anew, or why he is told no more. */
    @Override
    public void review(int retryAfterMillis) {
        if (sightNow() != Sight.Now.SAME) {
            endFor(retryAfterMillis, DisconnectCause.RULES_CHANGED);
        }
    }

    /** The stream ends whole; who asks again is told why not. */
    @Override
    public void dismiss() {
        end(Unpooled.wrappedBuffer(Chunks.last()), DisconnectCause.CREDENTIALS);
    }

    private void endFor(int retryAfterMillis, DisconnectCause why) {
        ByteBuf end = Unpooled.wrappedBuffer(Chunks.last());
        if (peer().transport() == Transport.SSE) {
            end = Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(SseFraming.retry(retryAfterMillis)), end);
        }
        end(end, why);
    }

    private void end(ByteBuf end, DisconnectCause why) {
        if (ending != null) {
            end.release();
            return;
        }
        ending = why;
        endingNanos = System.nanoTime();
        endWatching();
        peer().blame(why);
        peer().channel().writeAndFlush(end).addListener(written -> peer().close(why));
    }

    @Override
    boolean isOpen() {
        return ending == null;
    }

    /** The stream is cut without its last chunk, so the client sees that something is wrong. */
    @Override
    void fail(RuntimeException cause) {
        peer().close(DisconnectCause.FAILED);
    }
}
