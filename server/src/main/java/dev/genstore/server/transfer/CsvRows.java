package dev.genstore.server.transfer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;

/** A resource in each record behind the first, which has the names. Confined to one thread. */
final class CsvRows implements Rows {
    private final CsvRecords records;
    private final List<String> names;

    CsvRows(Reader octets) throws IOException {
        records = new CsvRecords(octets);
        List<String> first = records.next();
        names = first == null ? List.of() : first;
        if (new HashSet<>(names).size() < names.size() || names.contains("")) {
            throw RowException.at(1, "a column has no name, or two have the same.");
        }
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        List<String> cells = records.next();
        if (cells == null) {
            return null;
        }
        if (cells.size() != names.size()) {
            throw RowException.at(
                    line(),
                    "it has " + cells.size() + " cells, and there are " + names.size()
                            + " columns.");
        }
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                resource.set(names.get(i), value(names.get(i), cells.get(i)));
            }
        }
        return resource;
    }

    /** An id is a text, also where it has only digits. */
    private static JsonNode value(String name, String cell) {
        return name.equals("id") ? Cells.text(cell) : Cells.value(cell);
    }

    @Override
    public long line() {
        return records.line();
    }
}
