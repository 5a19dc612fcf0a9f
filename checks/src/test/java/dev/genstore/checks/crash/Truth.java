package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server says of its store in the end: the whole log, page by page, and what a GET shows.
 *
 * <p>Immutable, as long as nobody changes the trees.
 *
 * @param epoch the name of the history
 * @param head the last revision
 * @param log the changes in the order in which they were told
 * @param resources the resources by their paths
 */
record Truth(String epoch, long head, List<Telling> log, Map<String, JsonNode> resources) {
    static Truth read(URI server) throws IOException, InterruptedException {
        String position = get(server.resolve("/api")).required("position").asString();
        long head = Telling.revision(position);
        return new Truth(Telling.epoch(position), head, log(server, head), resources(server));
    }

    /** The log by revision; of a revision that is there twice, the first. */
    TreeMap<Long, Telling> byRevision() {
        var changes = new TreeMap<Long, Telling>();
        log.forEach(change -> changes.putIfAbsent(change.revision(), change));
        return changes;
    }

    /** The last change that belongs to what is asked for; 0 when there is none. */
    long last(Asked asked) {
        return log.stream()
                .filter(change -> asked.covers(change.resource()))
                .mapToLong(Telling::revision)
                .max()
                .orElse(0);
    }

    private static List<Telling> log(URI server, long head)
            throws IOException, InterruptedException {
        var log = new ArrayList<Telling>();
        var seen = new Tally();
        URI url = server.resolve("/api?since=0");
        while (seen.greatest() < head) {
            url = server.resolve(PageStream.page(url, telling -> {
                seen.saw(telling.revision());
                addChange(log, telling);
            }));
        }
        return log;
    }

    private static void addChange(List<Telling> log, Telling telling) {
        if (telling.isChange()) {
            log.add(telling);
        }
    }

    private static Map<String, JsonNode> resources(URI server)
            throws IOException, InterruptedException {
        var resources = new HashMap<String, JsonNode>();
        for (JsonNode collection : get(server.resolve("/api")).required("items")) {
            String path = "/api/" + collection.required("name").asString();
            String next = path + "?limit=1000";
            while (next != null) {
                JsonNode page = get(server.resolve(next));
                page.required("items").forEach(item -> {
                    resources.put(path + '/' + item.required("id").asString(), item);
                });
                next = next(page);
            }
        }
        return resources;
    }

    private static @Nullable String next(JsonNode page) {
        return page.has("next") ? page.required("next").asString() : null;
    }

    private static JsonNode get(URI url) throws IOException, InterruptedException {
        HttpResponse<String> response = Responses.CLIENT.send(
                Responses.request(url, "application/json").build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(url + " was answered " + response.body());
        }
        return Telling.tree(response.body());
    }
}
