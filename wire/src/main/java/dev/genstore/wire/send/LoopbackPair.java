package dev.genstore.wire.send;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Two ends of one TCP connection inside this machine. The near one is a non-blocking socket of
 * Netty's, since only that tells its descriptor; the far one is any.
 */
final class LoopbackPair implements AutoCloseable {
    /** Loopback needs microseconds; whoever waits longer than this waits for ever. */
    private static final int PATIENCE_MILLIS = 2_000;

    private final Socket near;
    private final java.net.Socket far;

    private LoopbackPair(Socket near, java.net.Socket far) {
        this.near = near;
        this.far = far;
    }

    static LoopbackPair open() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return open(listener);
        }
    }

    /** A pair by this listener, which may have been told how large the far end's buffer is. */
    static LoopbackPair open(ServerSocket listener) throws IOException {
        Socket near = newSocket();
        try {
            // Whether it connects at once or not: accept() waits until it has.
            near.connect(listener.getLocalSocketAddress());
            listener.setSoTimeout(PATIENCE_MILLIS);
            java.net.Socket far = listener.accept();
            far.setSoTimeout(PATIENCE_MILLIS);
            // It ends by a reset, so that no port lingers.
            far.setSoLinger(true, 0);
            return new LoopbackPair(near, far);
        } catch (IOException failure) {
            near.close();
            throw failure;
        }
    }

    private static Socket newSocket() throws IOException {
        try {
            return Socket.newSocketStream();
        } catch (ChannelException failure) {
            throw new IOException("there is no socket to try it with", failure);
        }
    }

    Socket near() {
        return near;
    }

    java.net.Socket far() {
        return far;
    }

    int descriptor() {
        return near.intValue();
    }

    /** What has come to the far end: so many bytes, or fewer if there is an end before. */
    byte[] read(int count) throws IOException {
        return far.getInputStream().readNBytes(count);
    }

    @Override
    public void close() throws IOException {
        // The far end first: it is the one that resets.
        try {
            far.close();
        } finally {
            near.close();
        }
    }
}
