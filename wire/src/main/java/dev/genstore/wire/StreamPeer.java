package dev.genstore.wire;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Exception;

import org.jspecify.annotations.Nullable;

import javax.net.ssl.SSLException;

/**
 * One stream of a connection of HTTP/2: to all others a peer like any, and a connection of its own.
 *
 * <p>Confined to its loop.
 */
final class StreamPeer extends Peer {
    private final Peer connection;
    private long takenBytes;

    /**
     * A stream.
     *
     * @param connection what it is a stream of; it ends with that and for the same cause
     */
    StreamPeer(Channel stream, LoopPeers peers, Peer connection) {
        super(stream, peers);
        this.connection = connection;
        secure();
        speaksFor(connection.caller());
    }

    /** So much has gone to the connection, for which the peer has given leave. */
    void took(int bytes) {
        takenBytes += bytes;
    }

    @Override
    long progress() {
        return takenBytes;
    }

    /**
     * What is wrong with what the peer sent is no bug. Who found it ends the stream and says why, but not
     * everybody does.
     */
    @Override
    void broke(Throwable failure) {
        if (failure instanceof Http2Exception || failure.getCause() instanceof SSLException) {
            blame(DisconnectCause.PROTOCOL_ERROR);
            channel().eventLoop().execute(() -> close(DisconnectCause.PROTOCOL_ERROR));
        } else {
            super.broke(failure);
        }
    }

    @Override
    @Nullable DisconnectCause cause() {
        DisconnectCause own = super.cause();
        return own == null ? connection.cause() : own;
    }
}
