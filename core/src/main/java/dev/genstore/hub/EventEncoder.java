package dev.genstore.hub;

import dev.genstore.query.Document;
import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.TraceParent;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes changes as CloudEvents 1.0 in JSON. The envelope has only characters that JSON does not
 * escape: names, numbers, times, origins and traces, which are checked where they come in.
 *
 * <p>Immutable.
 */
final class EventEncoder {
    /**
     * Says that the data is a patch. A {@code datacontenttype} would say it, too, but the CloudEvents
     * SDK of Java takes none with a hyphen for JSON, and refuses the event.
     */
    private static final String PATCH = ",\"patch\":true";

    /** What stands behind the position before a change in the id of the first of its two events. */
    static final String BETWEEN = ".1";

    private final String epoch;
    private final Watch watch;
    private final String name;

    EventEncoder(String epoch, Watch watch) {
        this.epoch = epoch;
        this.watch = watch;
        this.name = watch.name() == null ? "" : ",\"watch\":" + quoted(watch.name());
    }

    /** A URL may have backslashes. */
    private static String quoted(String url) {
        return new String(
                Json.write(generator -> generator.writeString(url)), StandardCharsets.US_ASCII);
    }

    /**
     * The event that tells a change.
     *
     * @param prev the revision of the event before it in this watch
     */
    Event change(Sight sight, long prev) {
        return encode(sight, id(sight.revision()), id(prev), sight.change().batch(), watch.data());
    }

    /**
     * The events that tell a change: as many as it has sights, two at most. Two need two ids, and that of
     * the first lies below the revision: who is cut off between them must be told the second.
     */
    List<Event> changes(List<Sight> sights, long prev) {
        if (sights.isEmpty()) {
            return List.of();
        }
        if (sights.size() == 1) {
            return List.of(change(sights.getFirst(), prev));
        }
        Sight first = sights.getFirst();
        Sight second = sights.getLast();
        Change.Batch batch = first.change().batch();
        String between = id(first.revision() - 1) + BETWEEN;
        return List.of(
                encode(first, between, id(prev), batch, watch.data()),
                encode(second, id(second.revision()), between, batch, watch.data()));
    }

    private String id(long revision) {
        return epoch + '-' + revision;
    }

    /**
     * The same with the whole resource where a patch would go against a state that was never told.
     * It names no batch: the state that is being told already lacks what was deleted behind that.
     */
    Event changeInFull(Sight sight, long prev) {
        DataMode mode = watch.data() == DataMode.PATCH ? DataMode.FULL : watch.data();
        return encode(sight, id(sight.revision()), id(prev), null, mode);
    }

    /**
     * The {@code synced} that stands for the last change of a batch, where that change is no part of
     * the watch. It says the same whenever it is told.
     */
    Event endOfBatch(LogEntry last) {
        return synced(last.revision(), last.timeMillis());
    }

    /** The event that says: up to here you have seen everything. */
    Event synced(long revision, long timeMillis) {
        return plain("synced", revision, timeMillis, "");
    }

    /** The same, which also says until when one is told. */
    Event expiring(long revision, long timeMillis, long expiresMillis) {
        String data = ",\"data\":{\"expires\":\"" + Resource.time(expiresMillis) + "\"}";
        return plain("synced", revision, timeMillis, data);
    }

    /** The event that says: forget what you have. */
    Event reset(ResetReason reason, long timeMillis) {
        return plain("reset", 0, timeMillis, ",\"data\":{\"reason\":\"" + reason.text() + "\"}");
    }

    private Event plain(String type, long revision, long timeMillis, String data) {
        String id = id(revision);
        String json = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\""
                + watch.target().path() + "\",\"type\":\"" + type + "\",\"time\":\""
                + Resource.time(timeMillis)
                + '"' + name + data + '}';
        return new Event(id, type, ascii(json));
    }

    private Event encode(
            Sight sight, String id, String prev, Change.@Nullable Batch batch, DataMode mode) {
        String type = sight.kind().name().toLowerCase(Locale.ROOT);
        var json = new ByteArrayOutputStream(512);
        json.writeBytes(ascii(envelope(sight, batch, id, type, prev)));
        if (mode != DataMode.NONE) {
            writeData(json, sight, mode);
        }
        json.write('}');
        return new Event(id, type, json.toByteArray());
    }

    private String envelope(
            Sight sight, Change.@Nullable Batch batch, String id, String type, String prev) {
        Change change = sight.change();
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/api/"
                + change.collection()
                + "\",\"subject\":\"" + sight.id() + "\",\"type\":\"" + type + "\",\"time\":\""
                + Resource.time(change.timeMillis()) + "\",\"prev\":\"" + prev + '"'
                + commit(batch) + origin(change.origin()) + trace(change.traceparent()) + name;
    }

    private String commit(Change.@Nullable Batch batch) {
        return batch == null ? "" : ",\"commit\":\"" + epoch + '-' + batch.last() + '"';
    }

    private static String origin(@Nullable String origin) {
        return origin == null ? "" : ",\"origin\":\"" + origin + '"';
    }

    /** By the name that the CloudEvents extension "Distributed Tracing" has for it. */
    private static String trace(@Nullable TraceParent trace) {
        return trace == null ? "" : ",\"traceparent\":\"" + trace.text() + '"';
    }

    private void writeData(ByteArrayOutputStream json, Sight sight, DataMode mode) {
        byte[] patch = mode == DataMode.PATCH ? patch(sight) : null;
        json.writeBytes(ascii((patch == null ? "" : PATCH) + ",\"data\":"));
        if (patch != null) {
            json.writeBytes(patch);
        } else if (sight.kind() == Change.Kind.DELETED) {
            json.writeBytes(
                    ascii("{\"id\":\"" + sight.id() + "\",\"_revision\":" + sight.version() + '}'));
        } else {
            json.writeBytes(watch.fields().json(sight.resource()));
        }
    }

    /**
     * The patch between two states, or null when there is none and the whole must be told: its watcher
     * did not see the state before, or no patch can say it.
     */
    private byte @Nullable [] patch(Sight sight) {
        if (sight.kind() != Change.Kind.UPDATED) {
            return null;
        }
        Document before = Objects.requireNonNull(sight.transition().before());
        Document after = Objects.requireNonNull(sight.transition().after());
        return MergeDiff.between(watch.fields().tree(before), watch.fields().tree(after))
                .map(Json::write)
                .orElse(null);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
