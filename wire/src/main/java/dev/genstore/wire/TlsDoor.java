package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.Recipient;
import dev.genstore.wire.rates.Refusal;
import dev.genstore.wire.tls.LiveTls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLException;

/**
 * Where a connection becomes a secure one.
 *
 * <pre>
 *            a TLS record              done
 *  WAITING ───────────────▶ SHAKING ─────────▶ OPEN
 *     │ something else         │ it fails, or takes too long
 *     ▼                        ▼
 *  REFUSED ──────────────▶   (gone)
 * </pre>
 *
 * <p>What TLS needs of memory is made when the first byte of it is there, so who only connects costs no
 * more than without TLS. Handshakes are computed elsewhere, and only so many at once
 * ({@link Handshakes}), so that they delay nobody who is being told something.
 *
 * <p>It stays between TLS and what is spoken over it, and says what happens there in the words that
 * are used without TLS.
 *
 * <p>Confined to the peer's loop.
 */
final class TlsDoor extends ChannelInboundHandlerAdapter implements Conversation {
    /** The first byte of a record that is part of a handshake (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 22;

    private static final long LINGER_NANOS = 2_000_000_000L;

    private final Peer peer;
    private final Service service;
    private final LiveTls tls;
    private State state = State.WAITING;
    private long sinceNanos = System.nanoTime();

    private enum State {
        WAITING,
        SHAKING,
        OPEN,
        REFUSED
    }

    TlsDoor(Peer peer, Service service, LiveTls tls) {
        this.peer = peer;
        this.service = service;
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        peer.secure();
        peer.converse(Transport.HTTP, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) throws Exception {
        switch (state) {
            case WAITING -> begin(context, (ByteBuf) read);
            case SHAKING, OPEN -> context.fireChannelRead(read);
            case REFUSED -> ReferenceCountUtil.release(read);
        }
    }

    private void begin(ChannelHandlerContext context, ByteBuf bytes) throws Exception {
        int first = bytes.getUnsignedByte(bytes.readerIndex());
        if (first != HANDSHAKE) {
            bytes.release();
            refuse(context, first);
            return;
        }
        state = State.SHAKING;
        service.handshakes().begin(this);
        Executor computing = service.handshakes().computing(this);
        SslHandler handler = tls.context().newHandler(context.alloc(), computing);
        handler.setHandshakeTimeoutMillis(0); // the sweep knows when it has taken too long
        context.pipeline().addBefore(context.name(), null, handler);
        handler.channelRead(context.pipeline().context(handler), bytes);
    }

    /** There are too many that are not done, and this one has been at it for longest. On any thread. */
    void giveWay() {
        peer.channel().eventLoop().execute(() -> {
            if (state == State.SHAKING) {
                peer.peers().meter().refused(Refusal.CONNECTIONS);
                peer.cut(DisconnectCause.REFUSED);
            }
        });
    }

    /** Who seems to speak plain HTTP is told what to do; another would not understand it. */
    private void refuse(ChannelHandlerContext context, int first) {
        state = State.REFUSED;
        sinceNanos = System.nanoTime();
        peer.blame(DisconnectCause.HANDSHAKE_FAILED);
        if (first < 'A' || first > 'Z') {
            peer.close(DisconnectCause.HANDSHAKE_FAILED);
            return;
        }
        ByteBuf answer = context.alloc().ioBuffer();
        service.responses().encode(Reply.of(plain()), Recipient.REFUSED, answer);
        context.writeAndFlush(answer).addListener(written -> peer.endOutput());
    }

    private static Problem plain() {
        return ProblemType.BAD_REQUEST.because(
                "This port speaks TLS: the URL begins with https:// or wss://.");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent shaken when shaken.isSuccess() -> open(context);
            case SslHandshakeCompletionEvent failed -> fail(failed.cause());
            case SslCloseCompletionEvent ignored -> end(context);
            case ChannelInputShutdownEvent ignored -> end(context);
            default -> context.fireUserEventTriggered(event);
        }
    }

    /** Who has not said by ALPN what he speaks speaks HTTP/1.1. */
    private void open(ChannelHandlerContext context) {
        state = State.OPEN;
        service.handshakes().end(this);
        String spoken = context.pipeline().get(SslHandler.class).applicationProtocol();
        if (ApplicationProtocolNames.HTTP_2.equals(spoken)) {
            Http2Connection.begin(context.pipeline(), peer, service);
        } else {
            context.pipeline().addLast(new HttpConnection(peer, service));
        }
    }

    /** Who goes away in the middle has not failed at anything. */
    private void fail(Throwable cause) {
        peer.close(
                cause instanceof ClosedChannelException
                        ? DisconnectCause.CLIENT_CLOSED
                        : DisconnectCause.HANDSHAKE_FAILED);
    }

    /** The peer sends no more, which TLS and TCP each say in their way. */
    private void end(ChannelHandlerContext context) {
        if (state == State.OPEN) {
            context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    /** A record that nobody can read is the peer's fault. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            peer.close(
                    state == State.OPEN
                            ? DisconnectCause.PROTOCOL_ERROR
                            : DisconnectCause.HANDSHAKE_FAILED);
        } else {
            peer.broke(cause);
        }
    }

    @Override
    public void sweep(long nowNanos) {
        long waitedNanos = nowNanos - sinceNanos;
        if (state == State.REFUSED) {
            if (waitedNanos >= LINGER_NANOS) {
                peer.close(DisconnectCause.HANDSHAKE_FAILED);
            }
        } else if (waitedNanos >= service.settings().requestTimeout().toNanos()) {
            peer.cut(DisconnectCause.HANDSHAKE_TIMEOUT);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        peer.close(DisconnectCause.STOPPING);
    }

    @Override
    public void ended() {
        service.handshakes().end(this);
    }
}
