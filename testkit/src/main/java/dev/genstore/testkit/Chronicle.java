package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;
import dev.genstore.resource.TraceParent;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes changes that follow one another, as a writer would: each knows the revision behind the last
 * one and the resource as it was. A millisecond passes between them.
 *
 * <p>Confined to one thread.
 */
public final class Chronicle {
    private static final long START_MILLIS = 1_767_225_600_000L;

    private final Map<String, Resource> resources = new HashMap<>();
    private long head;

    /** One that has made the same changes, and from here on goes its own way. */
    public Chronicle copy() {
        var copy = new Chronicle();
        copy.resources.putAll(resources);
        copy.head = head;
        return copy;
    }

    /** The revision of the last change that was made. */
    public long head() {
        return head;
    }

    /** When the change with this revision was made, or will be. */
    public static long millis(long revision) {
        return START_MILLIS + revision;
    }

    /** The resource as the changes so far left it, or null when there is none. */
    public @Nullable Resource find(String collection, String id) {
        return resources.get(collection + '/' + id);
    }

    /** Makes a resource that is not there. */
    public Change create(String collection, String id, String json) {
        return change(collection, id, json);
    }

    /** Makes something else of a resource that is there. */
    public Change update(String collection, String id, String json) {
        Objects.requireNonNull(find(collection, id), "before");
        return change(collection, id, json);
    }

    /** Deletes a resource that is there. */
    public Change delete(String collection, String id) {
        return change(collection, id, null);
    }

    private Change change(String collection, String id, @Nullable String json) {
        head++;
        Resource before = find(collection, id);
        Resource after = json == null ? null : resource(collection, id, before, json);
        if (after == null) {
            resources.remove(collection + '/' + id);
        } else {
            resources.put(collection + '/' + id, after);
        }
        String origin = head % 2 == 0 ? "request-" + head : null;
        return new Change(head, millis(head), before, after, origin, trace(head), null);
    }

    /** Of each tenth. */
    private static @Nullable TraceParent trace(long revision) {
        return revision % 10 == 0
                ? new TraceParent("00-%032x-%016x-01".formatted(revision, revision))
                : null;
    }

    private Resource resource(
            String collection, String id, @Nullable Resource before, String json) {
        long createdMillis = before == null ? millis(head) : before.createdMillis();
        Json members = Json.trusted(json.getBytes(StandardCharsets.UTF_8));
        return new Resource(collection, id, head, createdMillis, millis(head), members);
    }
}
