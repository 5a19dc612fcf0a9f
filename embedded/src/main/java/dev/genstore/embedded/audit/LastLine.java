package dev.genstore.embedded.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file of lines tells of itself when it is opened again. */
final class LastLine {
    private static final int STEP_BYTES = 8 << 10;
    private static final int TIME_BYTES = 64;

    /** How every line begins. */
    private static final Pattern TIME =
            Pattern.compile("\\{\"time\":\"([^\"]{20,30})\".*", Pattern.DOTALL);

    private LastLine() {}

    /** Where the last line ends that is whole. */
    static long end(FileChannel file) throws IOException {
        return endBefore(file, file.size());
    }

    /** Behind the last end of a line before this place. */
    private static long endBefore(FileChannel file, long place) throws IOException {
        for (long to = place; to > 0; to = Math.max(0, to - STEP_BYTES)) {
            long from = Math.max(0, to - STEP_BYTES);
            byte[] bytes = read(file, from, (int) (to - from));
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    /** The time of the first line. */
    static Optional<Instant> firstTime(FileChannel file) throws IOException {
        return timeAt(file, 0);
    }

    /** The time of the last line, in a file of whole lines. */
    static Optional<Instant> lastTime(FileChannel file) throws IOException {
        return timeAt(file, endBefore(file, Math.max(0, file.size() - 1)));
    }

    private static Optional<Instant> timeAt(FileChannel file, long place) throws IOException {
        int length = (int) Math.min(TIME_BYTES, file.size() - place);
        String text = new String(read(file, place, length), StandardCharsets.UTF_8);
        Matcher matcher = TIME.matcher(text);
        return matcher.matches() ? parsed(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Instant> parsed(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    private static byte[] read(FileChannel file, long place, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, place + bytes.position()) >= 0) {
            // goes on until it has all, or there is no more
        }
        return bytes.array();
    }
}
