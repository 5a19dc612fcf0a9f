package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.Body;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.http.Recipient;
import dev.genstore.wire.http.StreamBody;
import dev.genstore.wire.http.StreamHead;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseCombiner;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Locale;
import java.util.Objects;

/**
 * One request and its answer on a stream of HTTP/2 (RFC 9113).
 *
 * <pre>
 *              complete              answered
 *  READING ───────────────▶ ANSWERING ───────▶ (gone)
 *     │ refused                 ▲
 *     └─────────────────────────┘
 *
 *  ANSWERING ── the answer goes on ──▶ HANDED_OVER
 * </pre>
 *
 * <p>It stays below what the stream is handed over to, and makes frames of the bytes that are written.
 * They are short, so that it can be seen from one to the next whether the peer takes any.
 *
 * <p>Confined to the peer's loop.
 */
final class Http2Stream extends ChannelDuplexHandler implements ReplyLine {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Stream.class);
    private static final int PIECE_BYTES = 4 << 10;

    private final StreamPeer peer;
    private final Service service;
    private final ByteBudget.Share held;
    private final StreamBody body;
    private final AnswerProgress progress;
    private final long sinceNanos = System.nanoTime();

    private State state = State.READING;
    private boolean isStopping;
    private boolean hasEnded;
    private @Nullable ChannelHandlerContext context;
    private @Nullable StreamHead head;
    private @Nullable Exchange exchange;

    private enum State {
        READING,
        ANSWERING,
        HANDED_OVER
    }

    Http2Stream(StreamPeer peer, Service service) {
        this.peer = peer;
        this.service = service;
        this.held = service.budget().share().of(peer.holders());
        this.body = new StreamBody(service.settings().limits(), held);
        this.progress = new AnswerProgress(peer, peer.taking());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        peer.converse(Transport.HTTP, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object frame) {
        try {
            switch (frame) {
                case Http2HeadersFrame headers -> take(headers.headers(), headers.isEndStream());
                case Http2DataFrame data -> take(data.content(), data.isEndStream());
                default -> {}
            }
        } catch (Problem problem) {
            refuse(problem, cause(problem));
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private static DisconnectCause cause(Problem problem) {
        return problem.type() == ProblemType.OVERLOADED
                ? DisconnectCause.LIMIT
                : DisconnectCause.PROTOCOL_ERROR;
    }

    /** A second head is a trailer, in which nobody looks for anything. */
    private void take(Http2Headers headers, boolean isLast) {
        hasEnded |= isLast;
        if (state == State.READING && head == null) {
            StreamHead read = StreamHead.of(headers, service.settings().limits());
            head = read;
            if (read.expectsContinue() && !isLast) {
                tellToContinue();
            }
        }
        beginIf(isLast);
    }

    private void take(ByteBuf content, boolean isLast) {
        hasEnded |= isLast;
        if (state == State.READING) {
            body.append(content);
        }
        beginIf(isLast);
    }

    private void tellToContinue() {
        context()
                .writeAndFlush(
                        new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100")));
    }

    private void beginIf(boolean isLast) {
        if (isLast && state == State.READING) {
            begin(Objects.requireNonNull(head).with(body.toBody()));
        }
    }

    private void begin(HttpRequest request) {
        state = State.ANSWERING;
        var begun = new Exchange(peer, service, this, held, Recipient.of(request));
        exchange = begun;
        try {
            begun.begin(request);
        } catch (RuntimeException | Error bug) {
            broke(bug);
        }
    }

    private void refuse(Problem problem, DisconnectCause cause) {
        state = State.ANSWERING;
        held.giveBack();
        peer.blame(cause);
        reply(Reply.of(problem), Recipient.REFUSED);
    }

    @Override
    public void reply(Reply reply, Recipient recipient) {
        try {
            send(reply, recipient);
        } catch (IllegalArgumentException bug) {
            LOG.error("A reply with status {} can't be sent", reply.status(), bug);
            send(Outcome.failed(), recipient);
        } catch (RuntimeException | Error failure) {
            broke(failure);
        }
    }

    /** Nothing is written of a reply that can't be sent, which is a bug of the action that made it. */
    private void send(Reply reply, Recipient recipient) {
        Http2Headers headers = headers(reply, true);
        byte[] content = recipient.wantsHeadOnly() ? Body.EMPTY.bytes() : reply.body();
        progress.begin(content.length);
        Future<?> written =
                context().write(new DefaultHttp2HeadersFrame(headers, content.length == 0));
        if (content.length > 0) {
            ChannelPromise all = context().newPromise();
            writeData(context(), Unpooled.wrappedBuffer(content), true, all);
            written = all;
        }
        written.addListener(this::replied);
        context().flush();
    }

    private Http2Headers headers(Reply reply, boolean isWhole) {
        var headers = new DefaultHttp2Headers().status(Integer.toString(reply.status()));
        service.responses()
                .fields(reply, isWhole)
                .forEach((name, value) -> headers.add(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    /** Where the rest of a request is not wanted any more, the client is told so (RFC 9113, 8.1). */
    private void replied(Future<?> written) {
        progress.end();
        answered();
        if (!written.isSuccess()) {
            peer.unwritten(written.cause());
            return;
        }
        if (!hasEnded) {
            context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
        peer.close(isStopping ? DisconnectCause.STOPPING : DisconnectCause.ANSWERED);
    }

    private void answered() {
        exchange = null;
        held.giveBack();
    }

    @Override
    public void stream(Reply head, Recipient recipient, Asking.Stream asked) {
        Http2Headers headers = headers(head, false);
        state = State.HANDED_OVER;
        answered();
        context().writeAndFlush(new DefaultHttp2HeadersFrame(headers));
        if (!context().channel().isOpen()) {
            return;
        }
        var next = new StreamConnection(peer, service, StreamCoding.DATA);
        context().pipeline().addAfter(context().name(), null, next);
        next.begin(asked);
    }

    @Override
    public void broke(Throwable failure) {
        answered();
        peer.broke(failure);
    }

    @Override
    public void checkMayGoOn() {
        if (isStopping) {
            throw ReplyLine.stopping();
        }
    }

    /** Bytes become frames, each of which tells when the peer has let it through. */
    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
        switch (message) {
            case ByteBuf bytes -> writeData(to, bytes, false, promise);
            case Http2DataFrame data -> writeData(to, data.content(), data.isEndStream(), promise);
            default -> to.write(message, promise);
        }
    }

    private void writeData(
            ChannelHandlerContext to, ByteBuf bytes, boolean isLast, ChannelPromise promise) {
        var all = new PromiseCombiner(to.executor());
        do {
            int length = Math.min(PIECE_BYTES, bytes.readableBytes());
            ByteBuf piece = bytes.readRetainedSlice(length);
            boolean ends = isLast && !bytes.isReadable();
            peer.gave(length);
            Future<?> written = to.write(new DefaultHttp2DataFrame(piece, ends));
            written.addListener(taken -> peer.took(length));
            all.add(written);
        } while (bytes.isReadable());
        bytes.release();
        all.finish(promise);
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
        if (progress.isStalled(nowNanos, service.settings().stallTimeout().toNanos())) {
            cut();
        } else if (state == State.READING
                && nowNanos - sinceNanos >= service.settings().requestTimeout().toNanos()) {
            refuse(ReplyLine.tooSlow(), DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    /** Whole answers wait for a window where Netty takes their streams to be done, and resets none. */
    private void cut() {
        peer.blame(DisconnectCause.STALLED);
        context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        peer.close(DisconnectCause.STALLED);
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
        progress.end();
        if (exchange != null) {
            exchange.vanish();
        } else {
            held.giveBack();
        }
    }
}
