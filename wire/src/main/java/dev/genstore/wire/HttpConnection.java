package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.http.Recipient;
import dev.genstore.wire.http.RequestDecoder;
import dev.genstore.wire.http.ResponseEncoder;
import dev.genstore.wire.websocket.Handshake;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

/**
 * Requests and answers, one after another (RFC 9112). What comes in while an answer is made waits
 * where it is.
 *
 * <pre>
 *              complete                answered
 *  READING ───────────────▶ ANSWERING ──────────▶ READING
 *     │ refused                 │ the last answer
 *     ▼                         ▼
 *  LINGERING ◀──────────────────┘
 *     │ the peer closes, or too late
 *     ▼
 *   (gone)
 *
 *  ANSWERING ── a stream or a WebSocket begins ──▶ HANDED_OVER
 * </pre>
 *
 * <p>Behind the last answer the connection is read for a while and what comes is dropped: closing at
 * once could reset it before the peer has read the answer (RFC 9112, 9.6).
 *
 * <p>What the present request holds of the {@link ByteBudget} is with its {@link Exchange} from its
 * last byte until it is answered, and else with the connection. Who has it gives it back.
 *
 * <p>Confined to the peer's loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements ReplyLine {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final long LINGER_NANOS = 2_000_000_000L;
    private static final int WAITING_BYTES_MAX = 64 << 10;

    private final Peer peer;
    private final Service service;
    private final ByteBudget.Share held;
    private final ByteBudget.Share heldWaiting;
    private final RequestDecoder decoder;
    private final AnswerProgress progress;
    private final Idleness idleness;

    private State state = State.READING;
    private long sinceNanos = System.nanoTime();
    private boolean isStopping;
    private boolean sendsNoMore;
    private ByteBuf waiting = Unpooled.buffer(0);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;

    private enum State {
        READING,
        ANSWERING,
        LINGERING,
        HANDED_OVER
    }

    HttpConnection(Peer peer, Service service) {
        this.peer = peer;
        this.service = service;
        this.held = service.budget().share();
        this.heldWaiting = service.budget().share().of(peer.holders());
        this.decoder = new RequestDecoder(service.settings().limits(), held);
        this.progress = new AnswerProgress(peer);
        this.idleness = new Idleness(service.settings(), peer.beganNanos());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        peer.converse(Transport.HTTP, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object read) {
        ByteBuf bytes = (ByteBuf) read;
        try {
            take(bytes);
        } finally {
            bytes.release();
        }
    }

    /** The peer sends no more. What it has asked is still answered, but now. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            return;
        }
        sendsNoMore = true;
        if (state != State.ANSWERING) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        } else if (exchange != null) {
            exchange.leave();
        }
    }

    /** Reads what came, or keeps it while an answer is made. */
    private void take(ByteBuf bytes) {
        while (bytes.isReadable()) {
            switch (state) {
                case READING -> read(bytes);
                case ANSWERING -> keep(bytes);
                case LINGERING -> bytes.skipBytes(bytes.readableBytes());
                case HANDED_OVER -> passOn(bytes);
            }
        }
    }

    private void passOn(ByteBuf bytes) {
        context().fireChannelRead(bytes.readRetainedSlice(bytes.readableBytes()));
        context().fireChannelReadComplete();
    }

    /** Where there is no room for it, no more than what is read at once comes in. */
    private void keep(ByteBuf bytes) {
        waiting.writeBytes(bytes);
        boolean fits = heldWaiting.holdRequest(waiting.capacity());
        context()
                .channel()
                .config()
                .setAutoRead(fits && waiting.readableBytes() < WAITING_BYTES_MAX);
    }

    /**
     * Goes on with what came in while an answer was made. Netty calls this when a write is done, where
     * nobody hears of what is thrown.
     */
    private void takeWaiting() {
        if (!waiting.isReadable()) {
            return;
        }
        context().channel().config().setAutoRead(true);
        ByteBuf kept = waiting;
        waiting = Unpooled.buffer(0);
        heldWaiting.giveBack();
        try {
            take(kept);
        } catch (RuntimeException bug) {
            peer.broke(bug);
        }
    }

    private void read(ByteBuf in) {
        if (decoder.isIdle()) {
            sinceNanos = System.nanoTime();
            held.of(peer.holders());
        }
        try {
            HttpRequest request = decoder.decode(in);
            if (decoder.wantsContinue()) {
                ByteBuf interim = Unpooled.buffer(32);
                ResponseEncoder.encodeContinue(interim);
                context().writeAndFlush(interim);
            }
            if (request != null) {
                begin(request);
            }
        } catch (Problem problem) {
            refuse(
                    problem,
                    problem.type() == ProblemType.OVERLOADED
                            ? DisconnectCause.LIMIT
                            : DisconnectCause.PROTOCOL_ERROR);
        }
    }

    /** The last answer; nobody knows where another request would begin. */
    private void refuse(Problem problem, DisconnectCause cause) {
        state = State.ANSWERING;
        decoder.refuse(problem);
        peer.blame(cause);
        reply(Reply.of(problem), Recipient.REFUSED);
    }

    /** The end of a peer's sending may have come while a request of its was still waiting. */
    private void begin(HttpRequest request) {
        state = State.ANSWERING;
        var begun = new Exchange(peer, service, this, held, Recipient.of(request));
        exchange = begun;
        try {
            begun.begin(request);
        } catch (RuntimeException | Error bug) {
            broke(bug);
        }
        if (sendsNoMore) {
            begun.leave();
        }
    }

    @Override
    public void reply(Reply reply, Recipient recipient) {
        Recipient last = isLast() ? recipient.closing() : recipient;
        try {
            ByteBuf bytes = context().alloc().ioBuffer(256 + reply.body().length);
            encode(reply, last, bytes);
            progress.begin(bytes.readableBytes());
            context()
                    .writeAndFlush(bytes)
                    .addListener(written -> replied(written, last.keepAlive()));
        } catch (RuntimeException | Error failure) {
            broke(failure);
        }
    }

    private boolean isLast() {
        return isStopping || (!peer.isLetIn() && idleness.isEnding(System.nanoTime()));
    }

    @Override
    public void broke(Throwable failure) {
        answered();
        peer.broke(failure);
    }

    private void answered() {
        exchange = null;
        held.giveBack();
    }

    /** A reply that can't be sent is a bug of the action that made it. */
    private void encode(Reply reply, Recipient recipient, ByteBuf bytes) {
        try {
            service.responses().encode(reply, recipient, bytes);
        } catch (IllegalArgumentException bug) {
            LOG.error("A reply with status {} can't be sent", reply.status(), bug);
            service.responses().encode(Outcome.failed(), recipient, bytes.clear());
        }
    }

    private void replied(Future<?> written, boolean keepAlive) {
        progress.end();
        answered();
        if (!written.isSuccess()) {
            peer.unwritten(written.cause());
        } else if (keepAlive && !isStopping) {
            readOn();
        } else {
            linger();
        }
    }

    private void readOn() {
        if (sendsNoMore && !waiting.isReadable()) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
            return;
        }
        peer.converse(Transport.HTTP, this);
        state = State.READING;
        idleness.answered(peer.isLetIn(), System.nanoTime());
        takeWaiting();
        if (sendsNoMore && state == State.READING) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    private void linger() {
        peer.blame(isStopping ? DisconnectCause.STOPPING : DisconnectCause.ANSWERED);
        state = State.LINGERING;
        sinceNanos = System.nanoTime();
        if (sendsNoMore) {
            peer.close(DisconnectCause.ANSWERED);
            return;
        }
        peer.endOutput();
        takeWaiting();
    }

    @Override
    public void stream(Reply head, Recipient recipient, Asking.Stream asked) {
        ByteBuf bytes = Unpooled.buffer();
        service.responses().encodeStreamHead(head, recipient.closing(), bytes);
        var next = new StreamConnection(peer, service, StreamCoding.CHUNKS);
        handOver(bytes, next, () -> next.begin(asked));
    }

    @Override
    public void upgrade(Handshake handshake, WebSocketConnection socket, Runnable begin) {
        ByteBuf bytes = Unpooled.buffer();
        handshake.encode(bytes);
        handOver(bytes, socket, begin);
    }

    /**
     * The connection goes on as something else; what came in already goes there. A peer that has
     * reset the connection is gone with the first write: then nothing begins, as nothing would end it.
     */
    private void handOver(ByteBuf head, ChannelHandler next, Runnable begin) {
        state = State.HANDED_OVER;
        answered();
        context().writeAndFlush(head);
        if (sendsNoMore) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
        if (!context().channel().isOpen()) {
            return;
        }
        context().pipeline().addAfter(context().name(), null, next);
        begin.run();
        takeWaiting();
        context().pipeline().remove(this);
    }

    @Override
    public void checkMayGoOn() {
        if (isStopping) {
            throw ReplyLine.stopping();
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        peer.broke(cause);
    }

    @Override
    public void sweep(long nowNanos) {
        long waitedNanos = nowNanos - sinceNanos;
        if (progress.isStalled(nowNanos, service.settings().stallTimeout().toNanos())) {
            peer.close(DisconnectCause.STALLED);
        } else if (state == State.LINGERING && waitedNanos >= LINGER_NANOS) {
            peer.close(DisconnectCause.ANSWERED);
        } else if (state == State.READING) {
            sweepReading(nowNanos, waitedNanos);
        }
    }

    private void sweepReading(long nowNanos, long waitedNanos) {
        if (decoder.isIdle()) {
            if (idleness.isOver(nowNanos)) {
                peer.close(DisconnectCause.IDLE);
            }
        } else if (waitedNanos >= service.settings().requestTimeout().toNanos()) {
            refuse(ReplyLine.tooSlow(), DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        isStopping = true;
        if (exchange != null) {
            exchange.end();
        } else if (state == State.READING) {
            peer.close(DisconnectCause.STOPPING);
        }
    }

    @Override
    public @Nullable Exchange exchange() {
        return exchange;
    }

    @Override
    public void ended() {
        heldWaiting.giveBack();
        if (exchange != null) {
            exchange.vanish();
        } else {
            held.giveBack();
        }
    }
}
