package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A WebSocket whose frames a test makes by hand. One thread may send while another reads. */
final class RawWebSocket implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private final RawConnection connection;

    /**
     * One frame from the server.
     *
     * @param payload each byte as one character
     */
    record Frame(int firstByte, String payload) {
        String text() {
            return new String(payload.getBytes(ISO_8859_1), UTF_8);
        }

        int closeCode() {
            assertThat(firstByte).isEqualTo(CLOSE);
            return payload.charAt(0) << 8 | payload.charAt(1);
        }

        String closeReason() {
            assertThat(firstByte).isEqualTo(CLOSE);
            return payload.substring(2);
        }
    }

    private RawWebSocket(RawConnection connection) {
        this.connection = connection;
    }

    /** The request for a WebSocket. */
    static String handshake(String target, String... fields) {
        var all = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(fields));
        return Asking.head("GET " + target + " HTTP/1.1", all.toArray(String[]::new));
    }

    /** Shakes hands and expects to be let in. */
    static RawWebSocket open(RawConnection connection, String target, String... fields) {
        return accepted(connection.send(handshake(target, fields)));
    }

    /** The handshake is sent; the answer is expected to let it in. */
    static RawWebSocket accepted(RawConnection connection) {
        Answer answer = connection.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(101);
        return of(connection);
    }

    /** The handshake is over. */
    static RawWebSocket of(RawConnection connection) {
        return new RawWebSocket(connection);
    }

    RawConnection connection() {
        return connection;
    }

    /** A frame as clients send them. */
    static byte[] masked(int firstByte, byte[] payload) {
        byte[] mask = {1, 2, 3, 4};
        var frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 0x1_0000) {
            frame.put((byte) (0x80 | 126)).putChar((char) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** The same; each character of the payload is a byte. */
    static byte[] masked(int firstByte, String payload) {
        return masked(firstByte, payload.getBytes(ISO_8859_1));
    }

    /** A Close with this code. */
    static byte[] maskedClose(int code) {
        return masked(CLOSE, ByteBuffer.allocate(2).putChar((char) code).array());
    }

    RawWebSocket send(int firstByte, String payload) {
        connection.send(masked(firstByte, payload));
        return this;
    }

    RawWebSocket send(byte[] bytes) {
        connection.send(bytes);
        return this;
    }

    Frame frame() {
        int firstByte = connection.bytes(1)[0] & 0xFF;
        int length = connection.bytes(1)[0] & 0xFF;
        if (length == 126) {
            length = ByteBuffer.wrap(connection.bytes(2)).getChar();
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(connection.bytes(8)).getLong();
        }
        return new Frame(firstByte, new String(connection.bytes(length), ISO_8859_1));
    }

    /** The next frame that is none of these. */
    Frame frameBesides(int... firstBytes) {
        Frame frame = frame();
        while (Arrays.stream(firstBytes).anyMatch(isOf(frame))) {
            frame = frame();
        }
        return frame;
    }

    private static IntPredicate isOf(Frame frame) {
        return firstByte -> firstByte == frame.firstByte;
    }

    /** The next event. */
    Told event() {
        return Told.of(text());
    }

    /** The next event as it was sent. */
    String text() {
        return frameBesides(PING, PONG).text();
    }

    void hangUp() {
        close();
    }

    @Override
    public void close() {
        connection.close();
    }
}
