package dev.genstore.router;

import dev.genstore.resource.ProblemType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of URLs (RFC 3986, 2.1), read strictly. */
final class Percent {
    /** The unreserved characters (RFC 3986, 2.3), and those that are safe in a query and read well. */
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,:/";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /**
     * The text that {@code encoded} stands for, as UTF-8. In a query, {@code +} is a space.
     *
     * @throws dev.genstore.resource.Problem 400 {@code bad-request} when an escape is incomplete or
     *     the bytes are not UTF-8
     */
    static String decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && (!plusIsSpace || encoded.indexOf('+') < 0)) {
            return encoded;
        }
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(octet(encoded, i));
                i += 2;
            } else {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return text(bytes.toByteArray());
    }

    /** The text as it may stand anywhere in a query: all but a few characters as escapes. */
    static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(each) >= 0) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX.toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static int octet(String encoded, int percent) {
        int high = percent + 2 < encoded.length()
                ? Character.digit(encoded.charAt(percent + 1), 16)
                : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(percent + 2), 16);
        if (low < 0) {
            throw ProblemType.BAD_REQUEST.because(
                    "The URL has a % that two hexadecimal digits do not follow.");
        }
        return high * 16 + low;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException failure) {
            throw ProblemType.BAD_REQUEST.because(
                    "The URL is not UTF-8 behind its percent-encoding.");
        }
    }
}
