package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Cuts what arrives into lines that end in CRLF. What has arrived of a line is kept here, so its
 * caller can forget the bytes it has given.
 *
 * <p>A bare LF is refused, though RFC 9112, 2.2 allows a recipient to take it for a line end: another
 * reader on the way may not have done so. A bare CR stays in its line, where no rule allows it.
 *
 * <p>Confined to the event loop of one connection.
 */
final class LineReader {
    private static final byte[] NOTHING = new byte[0];

    private byte[] kept = NOTHING;
    private int keptBytes;

    /** Whether nothing is kept: the last line is over and no byte of the next one has come. */
    boolean isBetweenLines() {
        return keptBytes == 0;
    }

    /**
     * The next line without its CRLF, each byte as one character (ISO 8859-1), or null when it has
     * not come whole.
     *
     * @param bytesMax how long the line may be, with its CRLF
     * @param tooLong makes what is thrown when it is longer
     */
    @Nullable String read(ByteBuf in, int bytesMax, Supplier<Problem> tooLong) {
        int from = in.readerIndex();
        int searchedBytes = Math.min(in.readableBytes(), bytesMax - keptBytes);
        int lineFeed = in.indexOf(from, from + searchedBytes, (byte) '\n');
        if (lineFeed >= 0) {
            return withoutEnd(take(in, lineFeed + 1 - from));
        }
        keep(in, searchedBytes);
        if (keptBytes >= bytesMax) {
            throw tooLong.get();
        }
        return null;
    }

    /** What is kept and these bytes. */
    private String take(ByteBuf in, int count) {
        if (keptBytes == 0) {
            return in.readString(count, StandardCharsets.ISO_8859_1);
        }
        keep(in, count);
        String line = new String(kept, 0, keptBytes, StandardCharsets.ISO_8859_1);
        kept = NOTHING;
        keptBytes = 0;
        return line;
    }

    private void keep(ByteBuf in, int count) {
        int neededBytes = keptBytes + count;
        if (neededBytes > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(neededBytes, Math.max(64, kept.length * 2)));
        }
        in.readBytes(kept, keptBytes, count);
        keptBytes = neededBytes;
    }

    private static String withoutEnd(String line) {
        if (!line.endsWith("\r\n")) {
            throw ProblemType.BAD_REQUEST.because("A line ends in LF alone; lines end in CRLF.");
        }
        return line.substring(0, line.length() - 2);
    }
}
