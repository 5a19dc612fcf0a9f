package dev.genstore.wire.http;

import dev.genstore.router.Headers;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Status line and header fields of an answer, checked before the first byte is written: a value with a
 * line break would be a second answer (response splitting).
 *
 * <p>Immutable.
 */
record ResponseHead(int status, Headers headers) {
    /** What the encoder decides; the same field from elsewhere would contradict it. */
    private static final List<String> OWN_FIELDS =
            List.of("Connection", "Content-Length", "Date", "Transfer-Encoding");

    ResponseHead {
        headers.forEach(ResponseHead::check);
    }

    private static void check(String name, String value) {
        if (!FieldRules.isToken(name) || !FieldRules.isValue(value)) {
            throw new IllegalArgumentException(
                    "the header '" + name + "' has a character that no header may have");
        }
        if (OWN_FIELDS.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException("the encoder itself writes " + name);
        }
    }

    void write(String date, ByteBuf out) {
        ascii("HTTP/1.1 ", out);
        ascii(Integer.toString(status), out);
        out.writeByte(' ');
        ascii(ReasonPhrase.of(status), out);
        endLine(out);
        field("Date", date, out);
        headers.forEach((name, value) -> field(name, value, out));
    }

    static void field(String name, String value, ByteBuf out) {
        ascii(name, out);
        ascii(": ", out);
        ascii(value, out);
        endLine(out);
    }

    static void endLine(ByteBuf out) {
        out.writeByte('\r').writeByte('\n');
    }

    private static void ascii(String text, ByteBuf out) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }
}
