package dev.genstore.wire;

import dev.genstore.router.ClientAddress;
import dev.genstore.wire.proxy.Caller;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The beginning of a connection from a proxy that says by the PROXY protocol whom it is for. What
 * comes behind that is the client's.
 *
 * <p>Confined to the peer's loop.
 */
final class ProxyHeaderConnection extends ChannelInboundHandlerAdapter implements Conversation {
    /** What a proxy may say besides the addresses, in version 2. */
    private static final int MORE_BYTES_MAX = 4 << 10;

    private final Peer peer;
    private final long patienceNanos;
    private final Runnable next;
    private final long sinceNanos = System.nanoTime();

    /**
     * Begins to read.
     *
     * @param next adds what goes on with the connection
     */
    static void begin(Peer peer, Duration patience, Runnable next) {
        peer.channel()
                .pipeline()
                .addLast(decoder(), new ProxyHeaderConnection(peer, patience, next));
    }

    /** What reads the header, and nothing behind it. */
    static HAProxyMessageDecoder decoder() {
        return new HAProxyMessageDecoder(MORE_BYTES_MAX);
    }

    private ProxyHeaderConnection(Peer peer, Duration patience, Runnable next) {
        this.peer = peer;
        this.patienceNanos = patience.toNanos();
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        peer.converse(Transport.HTTP, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        var header = (HAProxyMessage) read;
        try {
            Caller caller = caller(header);
            if (caller != null) {
                peer.speaksFor(caller);
            }
        } finally {
            header.release();
        }
        next.run();
        context.pipeline().remove(this);
    }

    /**
     * Of whom a header tells; null where it is the proxy itself, or one whom no address tells, and what
     * counts is the connection's.
     */
    static @Nullable Caller caller(HAProxyMessage header) {
        boolean isForAnother = header.command() == HAProxyCommand.PROXY
                && header.proxiedProtocol().transportProtocol() == TransportProtocol.STREAM;
        return isForAnother ? new Caller(address(header), null) : null;
    }

    /** A client of the proxy on its own machine may have none. */
    private static ClientAddress address(HAProxyMessage header) {
        return ClientAddress.parse(header.sourceAddress()).orElse(ClientAddress.UNKNOWN);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            peer.close(DisconnectCause.CLIENT_CLOSED);
        }
    }

    /** Behind a header that is too long its decoder fails once more at the end of the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            peer.close(DisconnectCause.PROTOCOL_ERROR);
        } else {
            peer.broke(cause);
        }
    }

    @Override
    public void sweep(long nowNanos) {
        if (nowNanos - sinceNanos >= patienceNanos) {
            peer.close(DisconnectCause.REQUEST_TIMEOUT);
        }
    }

    @Override
    public void stop(int retryAfterMillis) {
        peer.close(DisconnectCause.STOPPING);
    }

    @Override
    public void ended() {}
}
