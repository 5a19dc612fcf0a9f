package dev.genstore.wire.http;

import dev.genstore.router.Headers;
import dev.genstore.router.Reply;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes answers as HTTP/1.1 (RFC 9112). It adds what belongs to the message and not to the answer:
 * {@code Date}, {@code Content-Length} or {@code Transfer-Encoding}, {@code Connection}.
 *
 * <p>An answer that can't be sent is a bug of who made it: an {@link IllegalArgumentException}, and
 * nothing is written.
 *
 * <p>Thread-safe.
 */
public final class ResponseEncoder {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DateClock dates;

    public ResponseEncoder(InstantSource clock) {
        this.dates = new DateClock(clock);
    }

    /**
     * Writes a whole answer.
     *
     * @throws IllegalArgumentException when a header has a line break or is one of the encoder's own,
     *     or when a status that allows no content has some
     */
    public void encode(Reply reply, Recipient recipient, ByteBuf out) {
        var head = new ResponseHead(reply.status(), reply.headers());
        if (hasNoContent(reply.status()) && reply.body().length > 0) {
            throw new IllegalArgumentException("a " + reply.status() + " has no content");
        }
        head.write(dates.now(), out);
        if (!hasNoLength(reply.status())) {
            ResponseHead.field("Content-Length", Integer.toString(reply.body().length), out);
        }
        endHead(reply, recipient, out);
        if (!recipient.wantsHeadOnly()) {
            out.writeBytes(reply.body());
        }
    }

    /**
     * Writes the head of an answer whose content follows piece by piece, in chunks.
     *
     * @throws IllegalArgumentException as for {@link #encode}, when there is a body already, or when
     *     the recipient knows no chunks
     */
    public void encodeStreamHead(Reply reply, Recipient recipient, ByteBuf out) {
        var head = new ResponseHead(reply.status(), reply.headers());
        if (reply.body().length > 0 || hasNoContent(reply.status())) {
            throw new IllegalArgumentException("the content of a stream follows its head");
        }
        if (!recipient.takesChunks()) {
            throw new IllegalArgumentException("a stream needs HTTP/1.1");
        }
        head.write(dates.now(), out);
        ResponseHead.field("Transfer-Encoding", "chunked", out);
        endHead(reply, recipient, out);
    }

    /**
     * The fields of an answer that HTTP/2 frames, its own and those that belong to the message.
     *
     * @param isWhole whether its content is there; else that follows piece by piece
     * @throws IllegalArgumentException as for {@link #encode}
     */
    public Headers fields(Reply reply, boolean isWhole) {
        var head = new ResponseHead(reply.status(), reply.headers());
        if (hasNoContent(reply.status()) && (reply.body().length > 0 || !isWhole)) {
            throw new IllegalArgumentException("a " + reply.status() + " has no content");
        }
        var fields = new ArrayList<Map.Entry<String, String>>();
        fields.add(Map.entry("Date", dates.now()));
        if (isWhole && !hasNoLength(reply.status())) {
            fields.add(Map.entry("Content-Length", Integer.toString(reply.body().length)));
        }
        head.headers().forEach((name, value) -> fields.add(Map.entry(name, value)));
        return Headers.of(fields);
    }

    /** Writes the interim answer that a client with {@code Expect: 100-continue} waits for. */
    public static void encodeContinue(ByteBuf out) {
        out.writeBytes(CONTINUE);
    }

    private static void endHead(Reply reply, Recipient recipient, ByteBuf out) {
        String options = connectionOptions(reply, recipient);
        if (!options.isEmpty()) {
            ResponseHead.field("Connection", options, out);
        }
        ResponseHead.endLine(out);
    }

    /** Whoever sends {@code Upgrade} must name it in {@code Connection} too (RFC 9110, 7.8). */
    private static String connectionOptions(Reply reply, Recipient recipient) {
        var options = new StringJoiner(", ");
        if (reply.headers().first("Upgrade").isPresent()) {
            options.add("upgrade");
        }
        if (!recipient.keepAlive()) {
            options.add("close");
        } else if (recipient.minorVersion() == 0) {
            options.add("keep-alive");
        }
        return options.toString();
    }

    /** RFC 9110, 15.3.5, 15.3.6 and 15.4.5. */
    private static boolean hasNoContent(int status) {
        return hasNoLength(status) || status == 205;
    }

    /** The length of a 304 would be that of a 200, which nobody knows here (RFC 9110, 8.6). */
    private static boolean hasNoLength(int status) {
        return status == 204 || status == 304;
    }
}
