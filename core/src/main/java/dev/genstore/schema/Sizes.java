package dev.genstore.schema;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;

/** Sizes of values, and the one text that all values have which say the same. */
final class Sizes {
    private Sizes() {}

    /** About how much there is to compare. */
    static int of(JsonNode value) {
        if (value.isContainer()) {
            return 1 + value.valueStream().mapToInt(Sizes::of).sum();
        }
        return value.isString() ? 1 + value.stringValue().length() / 16 : 1;
    }

    /** The text: members in order, numbers as doubles. */
    static String text(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            value.properties().forEach(each -> members.put(each.getKey(), each.getValue()));
            text.append('{');
            for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                quote(member.getKey(), text);
                write(member.getValue(), text);
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            value.forEach(each -> write(each, text.append(',')));
            text.append(']');
        } else if (value.isNumber()) {
            text.append(value.doubleValue() + 0.0);
        } else if (value.isString()) {
            quote(value.stringValue(), text);
        } else {
            text.append(value);
        }
    }

    /** With its length in front, so that no two run together. */
    private static void quote(String part, StringBuilder text) {
        text.append(part.length()).append('"').append(part);
    }
}
