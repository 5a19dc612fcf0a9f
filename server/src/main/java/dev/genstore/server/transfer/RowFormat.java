package dev.genstore.server.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form of files that has a resource in each row. */
public enum RowFormat {
    /** A JSON object in each line. */
    NDJSON,
    /** RFC 4180: a row of names, then a row of values for each resource; see {@link Cells}. */
    CSV;

    /** The format with this name, if there is one. */
    public static Optional<RowFormat> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ndjson", "jsonl" -> Optional.of(NDJSON);
            case "csv" -> Optional.of(CSV);
            default -> Optional.empty();
        };
    }

    /** The format that a file of this name has. */
    public static RowFormat of(String fileName) {
        return named(fileName.replaceFirst(".*\\.", "")).orElse(NDJSON);
    }

    /** Reads the rows of a file, which is UTF-8. */
    public Rows reading(InputStream file) throws IOException {
        Reader octets = Octets.of(file);
        return switch (this) {
            case NDJSON -> new NdjsonRows(octets);
            case CSV -> new CsvRows(octets);
        };
    }

    /**
     * Writes rows as text.
     *
     * @param columns the members that a row can have, where the format must know
     * @param isNew whether it begins, and does not go on with what is there
     */
    public RowOutput writing(Writer text, List<String> columns, boolean isNew) throws IOException {
        return switch (this) {
            case NDJSON -> new NdjsonOutput(text);
            case CSV -> new CsvOutput(text, columns, isNew);
        };
    }
}
