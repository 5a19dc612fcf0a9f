package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A WebSocket that has agreed on permessage-deflate (RFC 7692), with each message as it came. */
final class InflatingSocket implements AutoCloseable {
    static final int DEFLATED_TEXT = RawWebSocket.TEXT | 0x40;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final RawWebSocket socket;
    private final Inflater inflater = new Inflater(true);

    /**
     * A message.
     *
     * @param payload as it came, each byte as one character
     * @param text what it says
     */
    record Heard(boolean isDeflated, String payload, String text) {
        Told event() {
            return Told.of(text);
        }
    }

    private InflatingSocket(RawWebSocket socket) {
        this.socket = socket;
    }

    static InflatingSocket open(RawConnection connection, String target) {
        connection.send(RawWebSocket.handshake(
                target, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
        Answer answer = connection.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(101);
        assertThat(answer.header("Sec-WebSocket-Extensions"))
                .isEqualTo("permessage-deflate; client_no_context_takeover");
        return new InflatingSocket(RawWebSocket.of(connection));
    }

    RawWebSocket socket() {
        return socket;
    }

    Heard next() {
        RawWebSocket.Frame frame = socket.frameBesides(RawWebSocket.PING, RawWebSocket.PONG);
        String payload = frame.payload();
        if (frame.firstByte() == DEFLATED_TEXT) {
            return new Heard(true, payload, inflate(inflater, payload));
        }
        assertThat(frame.firstByte()).isEqualTo(RawWebSocket.TEXT);
        return new Heard(false, payload, frame.text());
    }

    /** What tells changes up to this revision. */
    List<Heard> upTo(long revision) {
        var all = new ArrayList<Heard>();
        Heard heard;
        do {
            heard = next();
            if (heard.event().isChange()) {
                all.add(heard);
            }
        } while (!heard.event().isChange() || heard.event().revision() < revision);
        return all;
    }

    /** Shakes off the {@code synced} that comes first. */
    InflatingSocket synced() {
        Heard first = next();
        assertThat(first.event().type()).isEqualTo("synced");
        assertThat(first.isDeflated()).isFalse();
        return this;
    }

    /** Whether this message can be read by who has none of those before, and then which text it is. */
    static boolean isReadableAlone(Heard heard) {
        var fresh = new Inflater(true);
        try {
            return inflate(fresh, heard.payload()).equals(heard.text());
        } catch (AssertionError unreadable) {
            return false;
        } finally {
            fresh.end();
        }
    }

    /** Inflates a message with what the inflater knows of those before. */
    static String inflate(Inflater with, String payload) {
        byte[] text = new byte[1 << 20];
        try {
            with.setInput(payload.getBytes(StandardCharsets.ISO_8859_1));
            int length = with.inflate(text);
            with.setInput(TAIL);
            length += with.inflate(text, length, text.length - length);
            return new String(text, 0, length, StandardCharsets.UTF_8);
        } catch (DataFormatException malformed) {
            throw new AssertionError("it can't be inflated", malformed);
        }
    }

    /** A message as a client deflates it. */
    static byte[] deflated(byte[] text) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] bytes = new byte[text.length + 100];
            deflater.setInput(text);
            int length =
                    deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH) - TAIL.length;
            return Arrays.copyOf(bytes, length);
        } finally {
            deflater.end();
        }
    }

    @Override
    public void close() {
        inflater.end();
        socket.close();
    }
}
