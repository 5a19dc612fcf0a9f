package dev.genstore.apidocs;

import dev.genstore.router.Method;
import dev.genstore.router.Template;

import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The paths of a document. Confined to one thread.
 *
 * <p>OpenAPI 3.1 has no place for QUERY: its operation is in {@code x-query}, and has the form that 3.2
 * gives to {@code query}.
 */
final class Paths {
    private final Operations operations;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Set<String> groups = new LinkedHashSet<>();

    /** What stands at a path. The first that was there has named the variables. */
    private record Item(String path, ObjectNode json) {
        List<String> variables() {
            return Template.parse(path).variables();
        }
    }

    Paths(Operations operations) {
        this.operations = operations;
    }

    /** Adds a binding, unless there is another one at the same place, which came first. */
    void add(Place place) {
        Item item =
                items.computeIfAbsent(place.form(), form -> new Item(place.path(), Trees.object()));
        String member = member(place.binding().method());
        if (!item.json().has(member)) {
            item.json().set(member, operations.of(place, item.variables()));
            groups.add(place.group());
        }
    }

    private static String member(Method method) {
        return method == Method.QUERY ? "x-query" : method.name().toLowerCase(Locale.ROOT);
    }

    /** The groups of all operations, each where its first is. */
    Set<String> groups() {
        return groups;
    }

    ObjectNode json() {
        ObjectNode paths = Trees.object();
        items.values().forEach(item -> paths.set(item.path(), item.json()));
        return paths;
    }
}
