package dev.genstore.checks.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that adds nothing and hides nothing: what a client wants to send, and what comes, read
 * only when somebody asks. What does not come in time fails. Confined to one thread.
 */
public final class RawSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READ_BYTES = 8 << 10;

    /** So little that a server notices soon when nobody reads. */
    private static final int RECEIVE_BYTES = 64 << 10;

    private final Socket socket;
    private final InputStream in;

    private RawSocket(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** Connects to a port of 127.0.0.1. */
    public static RawSocket connect(int port) {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Socket spoken = ForcedTls.apply(socket);
            var in = new BufferedInputStream(spoken.getInputStream(), READ_BYTES);
            return new RawSocket(spoken, in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What comes, without framing. */
    public InputStream in() {
        return in;
    }

    /** The head of an answer; its body is still to be read. */
    public Answer readHead() {
        try {
            String[] status = readLine().split(" ", 3);
            var headers = new ArrayList<Field>();
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                int colon = line.indexOf(':');
                headers.add(new Field(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
            return new Answer(Integer.parseInt(status[1]), headers, new byte[0]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A whole answer. */
    public Answer readAnswer(boolean toHead) {
        Answer head = readHead();
        while (head.status() == 100) {
            head = readHead();
        }
        return readBody(head, toHead);
    }

    /** The answer whose head was read. */
    Answer readBody(Answer head, boolean toHead) {
        try {
            return head.with(body(head, toHead));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private byte[] body(Answer head, boolean toHead) throws IOException {
        if (toHead || List.of(101, 204, 304).contains(head.status())) {
            return new byte[0];
        }
        if (head.header("Transfer-Encoding").isPresent()) {
            return new ChunkedInput(in).readAllBytes();
        }
        int length = Integer.parseInt(head.header("Content-Length").orElseThrow());
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer ended after " + body.length + " of " + length);
        }
        return body;
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended behind '" + line + "'");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line of a head ends with CRLF: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    /** Sends no more, but reads on. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the server sends no more; waits for that, or for the first byte of something else. */
    public boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes it; the peer sees an end, or a reset when something was not read. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
