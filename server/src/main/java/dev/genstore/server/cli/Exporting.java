package dev.genstore.server.cli;

import dev.genstore.server.remote.Page;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Reads a collection page by page into a file. Confined to one use. */
final class Exporting {
    private final Remote remote;
    private final ExportFile file;
    private final Progress progress;
    private final List<String> named;
    private final long expected;

    /**
     * An export that has not begun.
     *
     * @param named the members that are wanted; none for all but what the server adds
     * @param expected how many resources there are, or 0 where nobody knows
     */
    Exporting(
            Remote remote, ExportFile file, Progress progress, List<String> named, long expected) {
        this.remote = remote;
        this.file = file;
        this.progress = progress;
        this.named = List.copyOf(named);
        this.expected = expected;
    }

    void run(Place all) throws IOException {
        Optional<Place> next = Optional.of(file.next().orElse(all));
        progress.begin(file.rows());
        while (next.isPresent()) {
            Page page = Page.read(remote, next.get());
            file.clear();
            List<JsonNode> items = items(page);
            if (!file.hasColumns() && !items.isEmpty()) {
                file.begin(columns(items));
            }
            for (JsonNode item : items) {
                file.write(item);
            }
            next = page.next();
            file.keep(next);
            progress.show(file.rows(), expected > 0 ? (double) file.rows() / expected : -1);
        }
    }

    private List<JsonNode> items(Page page) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : page.items()) {
            ((ObjectNode) item)
                    .remove(item.propertyNames().stream()
                            .filter(name -> name.startsWith("_") && !named.contains(name))
                            .toList());
            items.add(item);
        }
        return items;
    }

    private List<String> columns(List<JsonNode> items) {
        SequencedSet<String> names = new LinkedHashSet<>();
        names.add("id");
        names.addAll(named);
        items.forEach(item -> names.addAll(item.propertyNames()));
        return List.copyOf(names);
    }
}
