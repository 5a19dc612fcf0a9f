package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Follows a WebSocket (RFC 6455). It answers pings while it is asked for the next event. */
final class WebSocketFollower implements Follower {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_CLOSE = 0x88;
    private static final int FINAL_PING = 0x89;
    private static final int FINAL_PONG = 0x8A;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final RawSocket socket;
    private final InputStream in;
    private final Line line;

    /**
     * Follows behind a handshake.
     *
     * @param since where the client stands, or empty
     */
    WebSocketFollower(RawSocket socket, String since) {
        this.socket = socket;
        this.in = socket.in();
        this.line = new Line(since);
    }

    @Override
    public Told next() {
        try {
            Told told = Told.read(text());
            line.take(told);
            return told;
        } catch (EOFException | SocketException cut) {
            throw new Ended("cut");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String text() throws IOException {
        int kind = octet();
        byte[] payload = payload();
        while (kind == FINAL_PING) {
            send(FINAL_PONG, payload);
            kind = octet();
            payload = payload();
        }
        if (kind == FINAL_CLOSE) {
            throw new Ended(closed(payload));
        }
        assertThat(kind).as("a text message in one frame").isEqualTo(FINAL_TEXT);
        return new String(payload, StandardCharsets.UTF_8);
    }

    private String closed(byte[] payload) {
        send(FINAL_CLOSE, payload);
        var bytes = ByteBuffer.wrap(payload);
        int code = Short.toUnsignedInt(bytes.getShort());
        return code + " " + StandardCharsets.UTF_8.decode(bytes);
    }

    private byte[] payload() throws IOException {
        int length = octet();
        assertThat(length).as("a server does not mask").isLessThan(0x80);
        long bytes = length;
        if (length >= 126) {
            byte[] extended = exactly(length == 126 ? 2 : 8);
            bytes = new java.math.BigInteger(1, extended).longValueExact();
        }
        return exactly((int) bytes);
    }

    private int octet() throws IOException {
        return exactly(1)[0] & 0xFF;
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the WebSocket was cut");
        }
        return bytes;
    }

    /** Sends a short frame; what a client sends is masked. */
    private void send(int kind, byte[] payload) {
        var frame = ByteBuffer.allocate(6 + payload.length)
                .put((byte) kind)
                .put((byte) (0x80 | payload.length))
                .put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        socket.send(frame.array());
    }

    @Override
    public String position() {
        return line.position();
    }

    @Override
    public void close() {
        socket.close();
    }
}
