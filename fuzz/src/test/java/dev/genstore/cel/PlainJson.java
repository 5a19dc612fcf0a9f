package dev.genstore.cel;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON as Java's own values. */
final class PlainJson {
    private PlainJson() {}

    static Map<String, @Nullable Object> object(JsonNode object) {
        Map<String, @Nullable Object> members = new HashMap<>();
        object.properties()
                .forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static @Nullable Object value(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue();
            case STRING -> value.stringValue();
            case ARRAY -> list(value);
            case OBJECT -> object(value);
            case MISSING, BINARY, POJO -> throw new AssertionError("not JSON: " + value);
        };
    }

    private static List<@Nullable Object> list(JsonNode array) {
        List<@Nullable Object> list = new ArrayList<>();
        array.forEach(element -> list.add(value(element)));
        return list;
    }
}
