package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads header or trailer fields up to the empty line behind them (RFC 9112, 5).
 *
 * <p>Confined to the event loop of one connection.
 */
final class FieldSection {
    private final HttpLimits limits;
    private final LineReader lines;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private int bytesLeft;

    /** A section that may have this many bytes, with the empty line. */
    FieldSection(HttpLimits limits, LineReader lines, int bytesMax) {
        this.limits = limits;
        this.lines = lines;
        this.bytesLeft = bytesMax;
    }

    /**
     * The fields, or null when they have not come whole.
     *
     * @throws Problem 400 or 431
     */
    @Nullable Headers read(ByteBuf in) {
        for (String line = next(in); line != null; line = next(in)) {
            if (line.isEmpty()) {
                return Headers.of(fields);
            }
            bytesLeft -= line.length() + 2;
            add(line);
        }
        return null;
    }

    private @Nullable String next(ByteBuf in) {
        return lines.read(in, bytesLeft, this::tooLong);
    }

    private void add(String line) {
        if (fields.size() == limits.fieldCountMax()) {
            throw ProblemType.HEADERS_TOO_LARGE.because(
                    "There are more than " + limits.fieldCountMax() + " header fields.");
        }
        fields.add(field(line));
    }

    /**
     * A space before the colon, before the first field or at the start of a folded line (obs-fold) is
     * no part of a token, so all three are refused here (RFC 9112, 2.2, 5.1 and 5.2).
     */
    private static Map.Entry<String, String> field(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || !FieldRules.isToken(line.substring(0, colon))) {
            throw ProblemType.BAD_REQUEST.because(
                    "A header field is a name, a colon without a space before it, and a value,"
                            + " all on one line.");
        }
        String name = line.substring(0, colon);
        String value = FieldRules.trimmed(line.substring(colon + 1));
        if (!FieldRules.isValue(value)) {
            throw ProblemType.INVALID_HEADER.because(
                    "The header " + name + " has a control character.");
        }
        return Map.entry(name, value);
    }

    private Problem tooLong() {
        return ProblemType.HEADERS_TOO_LARGE.because(
                "The head, or the trailer, is longer than " + limits.headBytesMax() + " bytes.");
    }
}
