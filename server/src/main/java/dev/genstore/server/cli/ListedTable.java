package dev.genstore.server.cli;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/** A list of JSON objects as a table, with a column for each member that one of them has. */
final class ListedTable {
    private ListedTable() {}

    static Table of(List<JsonNode> objects, Paint paint) {
        SequencedSet<String> names = new LinkedHashSet<>();
        if (objects.stream().anyMatch(object -> object.has("id"))) {
            names.add("id");
        }
        objects.forEach(object -> names.addAll(object.propertyNames()));
        names.removeIf(name -> name.startsWith("_"));
        var table = new Table(paint, names.stream().map(ListedTable::heading).toList());
        for (JsonNode object : objects) {
            List<String> cells = new ArrayList<>();
            names.forEach(name -> cells.add(text(object.get(name))));
            table.add(cells);
        }
        return table;
    }

    private static String heading(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** A text as it is, anything else as JSON, and nothing for nothing. */
    static String text(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
