package dev.genstore.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a heading, in columns that are as wide as they need to be. Confined to one command. */
final class Table {
    private static final int CELL_MAX = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private final Paint paint;

    Table(Paint paint, List<String> heading) {
        this.paint = paint;
        add(heading);
    }

    /** Adds a row, which has as many cells as the heading. */
    void add(List<String> cells) {
        rows.add(cells.stream().map(Table::cell).toList());
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], length(row.get(i))));
        }
        for (int i = 0; i < rows.size(); i++) {
            String line = line(rows.get(i), widths);
            out.println(i == 0 ? paint.bold(line) : line);
        }
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(" ", 2 + widths[i] - length(row.get(i)));
        }
        return line.toString().stripTrailing();
    }

    private static String cell(String text) {
        String line = Terminal.harmless(text);
        return length(line) <= CELL_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, CELL_MAX - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
