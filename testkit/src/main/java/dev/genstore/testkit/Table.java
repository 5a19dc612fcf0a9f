package dev.genstore.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A table of test cases in a text file: {@code name | what comes in | what must come out}. Lines that
 * begin with {@code #} are comments.
 */
public final class Table {
    private Table() {}

    /** One case. */
    public record Row(String name, String input, String outcome) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The rows of the file beside this class, of which there must be some. */
    public static List<Row> rows(Class<?> beside, String file) {
        List<Row> rows = text(beside, file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Table::row)
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no rows");
        }
        return rows;
    }

    /** Bytes as the tables write them: ⏎ is CRLF; \r \n \t \s \0 \\ and \xHH are single bytes. */
    public static byte[] bytes(String written) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '⏎') {
                bytes.write('\r');
                bytes.write('\n');
            } else if (c == '\\') {
                i++;
                bytes.write(escaped(written, i));
                i += written.charAt(i) == 'x' ? 2 : 0;
            } else {
                String character = Character.toString(written.codePointAt(i));
                bytes.writeBytes(character.getBytes(StandardCharsets.UTF_8));
                i += character.length() - 1;
            }
        }
        return bytes.toByteArray();
    }

    private static int escaped(String written, int at) {
        return switch (written.charAt(at)) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case 's' -> ' ';
            case '0' -> 0;
            case '\\' -> '\\';
            case 'x' -> Integer.parseInt(written, at + 1, at + 3, 16);
            default -> throw new IllegalArgumentException("no escape: " + written);
        };
    }

    private static Row row(String line) {
        String[] cells = line.split(" \\| ", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException("not three cells: " + line);
        }
        return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip());
    }

    private static String text(Class<?> beside, String file) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
