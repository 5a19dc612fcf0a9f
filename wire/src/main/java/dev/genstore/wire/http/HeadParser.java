package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one request: the request line and the header fields.
 *
 * <p>Confined to the event loop of one connection.
 */
final class HeadParser {
    private final HttpLimits limits;
    private final LineReader lines;
    private boolean skippedEmptyLine;
    private @Nullable RequestLine requestLine;
    private @Nullable FieldSection fields;

    HeadParser(HttpLimits limits, LineReader lines) {
        this.limits = limits;
        this.lines = lines;
    }

    /** Whether no byte of the head has come; an empty line before it does not count. */
    boolean isIdle() {
        return requestLine == null && lines.isBetweenLines();
    }

    /**
     * The head, or null when it has not come whole.
     *
     * @throws Problem when the request must be refused
     */
    @Nullable Head parse(ByteBuf in) {
        if (requestLine == null) {
            readRequestLine(in);
        }
        if (requestLine == null || fields == null) {
            return null;
        }
        Headers headers = fields.read(in);
        return headers == null ? null : Head.of(requestLine, headers, limits);
    }

    private void readRequestLine(ByteBuf in) {
        String line = nextLine(in);
        if (line != null && line.isEmpty() && !skippedEmptyLine) {
            skippedEmptyLine = true;
            line = nextLine(in);
        }
        if (line != null) {
            requestLine = RequestLine.parse(line);
            fields = new FieldSection(limits, lines, limits.headBytesMax() - line.length() - 2);
        }
    }

    private @Nullable String nextLine(ByteBuf in) {
        return lines.read(in, limits.requestLineBytesMax(), this::tooLong);
    }

    private Problem tooLong() {
        return ProblemType.URI_TOO_LONG.because(
                "The request line is longer than " + limits.requestLineBytesMax() + " bytes.");
    }
}
