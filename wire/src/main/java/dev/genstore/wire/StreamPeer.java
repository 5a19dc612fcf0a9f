package dev.genstore.wire;

import dev.genstore.wire.http.ByteBudget;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Exception;

import org.jspecify.annotations.Nullable;

import java.util.List;

import javax.net.ssl.SSLException;

/**
 * One stream of a connection of HTTP/2: to all others a peer like any, and a connection of its own.
 *
 * <p>Confined to its loop.
 */
final class StreamPeer extends Peer {
    private final Peer connection;
    private final StreamsTaking taking;
    private long givenBytes;
    private long takenBytes;

    /**
     * A stream.
     *
     * @param connection what it is a stream of; it ends with that and for the same cause
     * @param taking counts those of that which are taking an answer
     */
    StreamPeer(Channel stream, LoopPeers peers, Peer connection, StreamsTaking taking) {
        super(stream, peers);
        this.connection = connection;
        this.taking = taking;
        secure();
        speaksFor(connection.spokenFor());
    }

    @Override
    List<ByteBudget.Account> holders() {
        return connection.holders();
    }

    /** So much is on its way to the connection. */
    void gave(int bytes) {
        givenBytes += bytes;
    }

    /** So much has gone to the connection, for which the peer has given leave. */
    void took(int bytes) {
        takenBytes += bytes;
    }

    @Override
    public long progress() {
        return takenBytes;
    }

    @Override
    public long waitingBytes() {
        return givenBytes - takenBytes;
    }

    /** Which streams of its connection are taking an answer. */
    StreamsTaking taking() {
        return taking;
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
