package dev.genstore.checks.connections;

import dev.genstore.checks.harness.ForcedTls;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import javax.net.ssl.SSLException;

/** A socket that sends exactly what it is told. One thread may send while another reads. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final int READ_BYTES = 4 << 10;

    /** What the kernel has; over TLS the client has another one upon it. */
    private final Socket connected;

    private final Socket socket;
    private final DataInputStream in;

    private RawConnection(Socket connected) throws IOException {
        this.connected = connected;
        this.socket = ForcedTls.apply(connected);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BYTES));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawConnection to(int port) {
        return to(port, 0);
    }

    /**
     * Connects.
     *
     * @param receiveBufferBytes how much may wait at this side, or 0 for the usual
     */
    static RawConnection to(int port, int receiveBufferBytes) {
        return connect(new Socket(), port, receiveBufferBytes);
    }

    /** Connects from another address of this machine, such as 127.0.0.2. */
    static RawConnection from(String address, int port) {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            return connect(socket, port, 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static RawConnection connect(Socket socket, int port, int receiveBufferBytes) {
        try {
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new RawConnection(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    InputStream in() {
        return in;
    }

    RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next answer, to anything but a HEAD. */
    Answer answer() {
        return Answer.read(this, true);
    }

    Answer answerToHead() {
        return Answer.read(this, false);
    }

    /** The next line, without its CRLF. */
    String line() {
        var line = new StringBuilder();
        while (line.length() < 2 || line.lastIndexOf("\r\n") != line.length() - 2) {
            line.append((char) bytes(1)[0]);
        }
        return line.substring(0, line.length() - 2);
    }

    byte[] bytes(int count) {
        try {
            byte[] bytes = new byte[count];
            in.readFully(bytes);
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** So many bytes at most, at least one, or none at the end. */
    byte[] some(int most) {
        try {
            byte[] bytes = new byte[most];
            return Arrays.copyOf(bytes, Math.max(0, in.read(bytes)));
        } catch (IOException cut) {
            return new byte[0];
        }
    }

    /** Whether nothing comes for so long, not even the end. */
    boolean isSilentFor(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            in.mark(1);
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException silence) {
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            patient();
        }
    }

    private void patient() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** Whether the server closed, and nothing is left to read; waits for either. */
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (SocketException | SSLException reset) {
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads up to the end that the server made, and tells whether it was one in good order. */
    boolean endsInOrder() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException | EOFException | SSLException reset) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends no more, but reads on. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends without a goodbye. */
    void reset() {
        try {
            connected.setSoLinger(true, 0);
            connected.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes at once, in the middle of a test. */
    void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
