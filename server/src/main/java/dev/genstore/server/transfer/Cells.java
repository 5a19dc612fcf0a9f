package dev.genstore.server.transfer;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * JSON values as cells of a table. A cell that is JSON means that: {@code 12}, {@code true}, {@code null},
 * {@code [1,2]}. Any other is a text. So a text that looks like JSON stands there as JSON, with its quotes,
 * and what was written is read again as the same value. An empty cell is no value at all.
 */
final class Cells {
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private Cells() {}

    /** The value of a cell that is not empty. */
    static JsonNode value(String cell) {
        char first = cell.charAt(0);
        boolean isPerhapsJson = first == '{' || first == '[' || first == '"';
        if (isPerhapsJson || SCALAR.matcher(cell).matches()) {
            try {
                return StrictJson.tree(cell.getBytes(StandardCharsets.UTF_8));
            } catch (Problem other) {
                return text(cell);
            }
        }
        return text(cell);
    }

    static JsonNode text(String cell) {
        return JsonNodeFactory.instance.stringNode(cell);
    }

    /** The cell for a value. */
    static String cell(JsonNode value) {
        if (value.isString() && meansItself(value.asString())) {
            return value.asString();
        }
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static boolean meansItself(String text) {
        return !text.isEmpty() && value(text).equals(text(text));
    }
}
