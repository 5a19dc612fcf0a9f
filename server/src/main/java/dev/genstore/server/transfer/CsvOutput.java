package dev.genstore.server.transfer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A record for each resource, behind one with the names. Confined to one thread. */
final class CsvOutput implements RowOutput {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\\r\\n]");

    private final Writer out;
    private final List<String> columns;
    private final Set<String> known;

    CsvOutput(Writer out, List<String> columns, boolean isNew) throws IOException {
        this.out = out;
        this.columns = List.copyOf(columns);
        this.known = Set.copyOf(columns);
        if (isNew) {
            record(columns);
        }
    }

    @Override
    public void write(JsonNode resource) throws IOException {
        for (String name : resource.propertyNames()) {
            if (!known.contains(name)) {
                throw new RowException("'" + resource.path("id").asString("") + "' has the member '"
                        + name + "', for which there is no column; name all members that are wanted"
                        + " with --fields, or write NDJSON.");
            }
        }
        record(columns.stream().map(name -> cell(name, resource.get(name))).toList());
    }

    private static String cell(String name, @Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        return name.equals("id") ? value.asString() : Cells.cell(value);
    }

    private void record(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(quoted(cells.get(i)));
        }
        out.write('\n');
    }

    private static String quoted(String cell) {
        return NEEDS_QUOTES.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
