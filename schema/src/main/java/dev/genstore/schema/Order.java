package dev.genstore.schema;

import tools.jackson.databind.JsonNode;

import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/** An order of JSON values in which two are equal if they say the same. Immutable. */
final class Order implements Comparator<JsonNode> {
    static final Order OF_VALUES = new Order();

    private Order() {}

    @Override
    public int compare(JsonNode left, JsonNode right) {
        int byType = left.getNodeType().compareTo(right.getNodeType());
        if (byType != 0) {
            return byType;
        }
        return switch (left.getNodeType()) {
            case NUMBER -> Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
            case STRING -> left.stringValue().compareTo(right.stringValue());
            case BOOLEAN -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case ARRAY -> compareArrays(left, right);
            case OBJECT -> compareObjects(left, right);
            default -> 0;
        };
    }

    private int compareArrays(JsonNode left, JsonNode right) {
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; i < left.size() && order == 0; i++) {
            order = compare(left.get(i), right.get(i));
        }
        return order;
    }

    /** By the names in order, then by the values. */
    private int compareObjects(JsonNode left, JsonNode right) {
        var names = new TreeSet<>(left.propertyNames());
        int order = compareNames(names, new TreeSet<>(right.propertyNames()));
        for (String name : names) {
            order = order == 0 ? compare(left.get(name), right.get(name)) : order;
        }
        return order;
    }

    private static int compareNames(SortedSet<String> left, SortedSet<String> right) {
        int order = Integer.compare(left.size(), right.size());
        var others = right.iterator();
        for (String name : left) {
            order = order == 0 ? name.compareTo(others.next()) : order;
        }
        return order;
    }
}
