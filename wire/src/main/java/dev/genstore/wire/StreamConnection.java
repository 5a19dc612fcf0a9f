package dev.genstore.wire;

import dev.genstore.wire.ndjson.NdjsonFraming;
import dev.genstore.wire.sse.SseFraming;

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
    /** So long a peer may take for what it was told before the end. */
    private static final long ENDING_NANOS = 2_000_000_000L;

    private static final byte[] NOTHING = {};

    private final Service service;
    private final StreamCoding coding;

    /** Why it ends, once it does. */
    private @Nullable DisconnectCause ending;

    private long endingNanos;

    StreamConnection(Peer peer, Service service, StreamCoding coding) {
        super(peer);
        this.service = service;
        this.coding = coding;
    }

    /** The media type of the answer. */
    static String mediaType(Transport transport) {
        return transport == Transport.SSE ? SseFraming.MEDIA_TYPE : NdjsonFraming.MEDIA_TYPE;
    }

    /** Begins to tell; the head of the answer is written. */
    void begin(Asking.Stream asked) {
        watch(asked, coding.framing(asked.transport()));
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
        end(NOTHING, DisconnectCause.CREDENTIALS);
    }

    private void endFor(int retryAfterMillis, DisconnectCause why) {
        boolean isSse = peer().transport() == Transport.SSE;
        end(isSse ? SseFraming.retry(retryAfterMillis) : NOTHING, why);
    }

    private void end(byte[] lastWords, DisconnectCause why) {
        if (ending != null) {
            return;
        }
        ending = why;
        endingNanos = System.nanoTime();
        endWatching();
        peer().blame(why);
        peer().channel()
                .writeAndFlush(coding.end(lastWords))
                .addListener(written -> peer().close(why));
    }

    @Override
    boolean isOpen() {
        return ending == null;
    }

    /** The stream is cut without its end, so the client sees that something is wrong. */
    @Override
    void fail(RuntimeException cause) {
        peer().close(DisconnectCause.FAILED);
    }
}
