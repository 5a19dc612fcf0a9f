package dev.genstore.server.transfer;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes CSV apart (RFC 4180): cells with commas between them; one in quotes may have commas, line ends and
 * doubled quotes. Lines end with LF or CRLF; empty ones are passed over.
 *
 * <p>Confined to one thread.
 */
final class CsvRecords {
    private static final int END = -1;

    private final BufferedReader in;
    private int next;
    private long line = 1;
    private long begun = 1;

    CsvRecords(Reader octets) throws IOException {
        in = new BufferedReader(octets);
        next = in.read();
    }

    /** The cells of the next record, or null at the end. */
    @Nullable List<String> next() throws IOException {
        while (next == '\n' || next == '\r') {
            take();
        }
        if (next == END) {
            return null;
        }
        begun = line;
        List<String> cells = new ArrayList<>();
        cells.add(cell());
        while (next == ',') {
            take();
            cells.add(cell());
        }
        return cells;
    }

    /** The line on which the last record began. */
    long line() {
        return begun;
    }

    private String cell() throws IOException {
        var cell = new StringBuilder();
        if (next == '"') {
            quoted(cell);
        } else {
            while (next != ',' && !isLineEnd()) {
                cell.append(take());
            }
        }
        if (next != ',' && !isLineEnd()) {
            throw RowException.at(begun, "something stands behind a quoted cell.");
        }
        return Octets.text(cell.toString(), begun);
    }

    private void quoted(StringBuilder cell) throws IOException {
        take();
        while (true) {
            if (next == END) {
                throw RowException.at(begun, "a quoted cell does not end.");
            }
            if (next == '"') {
                take();
                if (next != '"') {
                    return;
                }
            }
            cell.append(take());
        }
    }

    private boolean isLineEnd() {
        return next == END || next == '\n' || next == '\r';
    }

    private char take() throws IOException {
        char taken = (char) next;
        line += taken == '\n' ? 1 : 0;
        next = in.read();
        return taken;
    }
}
