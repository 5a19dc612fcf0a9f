package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import java.util.List;
import java.util.Locale;

/**
 * How a request's body is told from what follows it (RFC 9112, 6). Two ways at once, or one way said
 * twice, are refused: whoever stands in front may have understood the other.
 *
 * <p>Immutable.
 */
sealed interface Framing {
    /** The body has this length; 0 also when the request says nothing of a body. */
    record Fixed(int lengthBytes) implements Framing {}

    /** The body comes in chunks. */
    record Chunked() implements Framing {}

    /**
     * The framing that these header fields announce.
     *
     * @throws Problem 400, 413 or 501
     */
    static Framing of(Headers headers, int minorVersion, HttpLimits limits) {
        List<String> codings = headers.all("Transfer-Encoding");
        List<String> lengths = headers.all("Content-Length");
        if (codings.isEmpty()) {
            return new Fixed(lengths.isEmpty() ? 0 : length(lengths, limits));
        }
        if (minorVersion == 0) {
            throw ProblemType.BAD_REQUEST.because("HTTP/1.0 has no Transfer-Encoding.");
        }
        if (!lengths.isEmpty()) {
            throw ProblemType.BAD_REQUEST.because(
                    "Content-Length and Transfer-Encoding exclude each other.");
        }
        checkChunked(String.join(",", codings).toLowerCase(Locale.ROOT));
        return new Chunked();
    }

    private static int length(List<String> lengths, HttpLimits limits) {
        String digits = lengths.getFirst();
        if (lengths.size() > 1 || !digits.matches("[0-9]{1,18}")) {
            throw ProblemType.INVALID_HEADER.because(
                    "Content-Length is one number of at most 18 digits, given once.");
        }
        long lengthBytes = Long.parseLong(digits);
        if (lengthBytes > limits.bodyBytesMax()) {
            throw tooLarge(limits);
        }
        return (int) lengthBytes;
    }

    /** Without {@code chunked} at its end a body has no end, and that is a 400 (RFC 9112, 6.3). */
    private static void checkChunked(String codings) {
        if ("chunked".equals(codings)) {
            return;
        }
        List<String> names = List.of(codings.split("[ \t]*,[ \t]*", -1));
        if (names.indexOf("chunked") != names.size() - 1) {
            throw ProblemType.INVALID_HEADER.because(
                    "Transfer-Encoding has chunked once, as its last coding.");
        }
        throw ProblemType.NOT_IMPLEMENTED.because(
                "The only transfer coding that this server knows is chunked.");
    }

    /** What is thrown when a body is over its limit. */
    static Problem tooLarge(HttpLimits limits) {
        return ProblemType.BODY_TOO_LARGE.because(
                "The body is longer than " + limits.bodyBytesMax() + " bytes.");
    }
}
