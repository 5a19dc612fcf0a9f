package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

/**
 * The line before a chunk: its size in hexadecimal digits, perhaps with extensions (RFC 9112, 7.1.1).
 *
 * <p>Immutable.
 *
 * @param sizeBytes the size, to be read as unsigned
 * @param extensionBytes what the line has besides the size
 */
record ChunkLine(long sizeBytes, int extensionBytes) {
    /** How many digits a size may have; leading zeros count. */
    static final int DIGITS_MAX = 16;

    /**
     * Reads a line without its CRLF.
     *
     * @throws Problem 400 {@code bad-request}
     */
    static ChunkLine parse(String line) {
        int digits = 0;
        while (digits < line.length() && FieldRules.isHexadecimal(line.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > DIGITS_MAX || !new Extensions(line, digits).areValid()) {
            throw ProblemType.BAD_REQUEST.because(
                    "A chunk begins with its size: 1 to 16 hexadecimal digits and nothing else,"
                            + " except extensions by RFC 9112, 7.1.1.");
        }
        long sizeBytes = Long.parseUnsignedLong(line, 0, digits, 16);
        return new ChunkLine(sizeBytes, line.length() - digits);
    }

    /**
     * Walks over {@code *( BWS ";" BWS name [ BWS "=" BWS value ] )}. By hand, since a regular
     * expression would need stack for each repetition. Confined to one line.
     */
    private static final class Extensions {
        private final String line;
        private int at;

        Extensions(String line, int from) {
            this.line = line;
            this.at = from;
        }

        boolean areValid() {
            boolean valid = true;
            while (valid && at < line.length()) {
                valid = skipMark(';') && skipToken() && skipValueIfAny();
            }
            return valid;
        }

        private boolean skipValueIfAny() {
            int before = at;
            if (!skipMark('=')) {
                at = before;
                return true;
            }
            return skipIf('"') ? skipRestOfQuotation() : skipToken();
        }

        private boolean skipMark(char mark) {
            skipBlanks();
            boolean found = skipIf(mark);
            skipBlanks();
            return found;
        }

        private void skipBlanks() {
            while (at < line.length() && FieldRules.isBlank(line.charAt(at))) {
                at++;
            }
        }

        private boolean skipIf(char c) {
            boolean found = at < line.length() && line.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        private boolean skipToken() {
            int from = at;
            while (at < line.length() && FieldRules.isTokenCharacter(line.charAt(at))) {
                at++;
            }
            return at > from;
        }

        /** A quoted-string (RFC 9110, 5.6.4), behind its first quotation mark. */
        private boolean skipRestOfQuotation() {
            boolean closed = skipIf('"');
            while (!closed && skipQuotedCharacter()) {
                closed = skipIf('"');
            }
            return closed;
        }

        private boolean skipQuotedCharacter() {
            skipIf('\\');
            boolean found = at < line.length() && FieldRules.isValueCharacter(line.charAt(at));
            at += found ? 1 : 0;
            return found;
        }
    }
}
