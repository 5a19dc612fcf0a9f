package dev.genstore.cel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rows of a table of cases. */
final class Rows {
    private Rows() {}

    /** The lines of a file beside the tests, but for those that are empty or begin with a hash. */
    static List<String> of(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(Rows.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
