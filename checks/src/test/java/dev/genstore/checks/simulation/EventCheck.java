package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.hub.DataMode;
import dev.genstore.resource.Change;
import dev.genstore.resource.Position;
import dev.genstore.resource.Resource;
import dev.genstore.resource.TraceParent;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Objects;
import java.util.Set;

/** Whether an event says what happened: its envelope and its data against the model. */
final class EventCheck {
    private static final Set<String> REASONS = Set.of("history-gone", "other-epoch", "ahead");

    private final History history;
    private final Watched watched;

    EventCheck(History history, Watched watched) {
        this.history = history;
        this.watched = watched;
    }

    /** Checks a reset; returns its reason. */
    String reset(Told event) {
        unless(event.revision() == 0, "%s does not begin at 0", event);
        JsonNode data = event.data();
        String reason = data == null ? "" : data.path("reason").asString();
        unless(REASONS.contains(reason), "%s has the reason %s", event, reason);
        return reason;
    }

    /** Whether it tells the present state of a resource and not what happened to it. */
    boolean isState(Told event, Change change) {
        return "created".equals(event.type())
                && event.text("origin") == null
                && event.text("traceparent") == null
                && event.commit() == null
                && watched.isSeen(history, change.after());
    }

    /** Checks an event of the state behind a reset. */
    void state(Told event, Change change) {
        envelope(event, change);
        unless(!event.hasPatch(), "%s is a patch", event);
        data(event, change);
    }

    /**
     * Checks an event of the log.
     *
     * @param held the version that the client has, or null when it has none
     * @param isPartial whether it may lack some: it broke off while it was told the state
     */
    void change(Told event, Change change, @Nullable Long held, boolean isPartial) {
        envelope(event, change);
        String type = watched.type(history, change);
        unless(event.type().equals(type), "%s was %s", event, type);
        unless(
                Objects.equals(event.text("origin"), change.origin()),
                "%s has the origin %s and not %s",
                event,
                event.text("origin"),
                change.origin());
        TraceParent trace = change.traceparent();
        unless(
                Objects.equals(event.text("traceparent"), trace == null ? null : trace.text()),
                "%s has the traceparent %s and not %s",
                event,
                event.text("traceparent"),
                trace);
        if (event.hasPatch()) {
            patch(event, change, held, isPartial);
        } else {
            data(event, change);
        }
    }

    /**
     * Checks that it names the end of its batch.
     *
     * @param mayBeSilent whether it may name none: a state is being told, to which it belongs
     */
    static void commit(Told event, Change change, boolean mayBeSilent) {
        Change.Batch batch = change.batch();
        Long due = batch == null ? null : Long.valueOf(batch.last());
        unless(
                Objects.equals(event.commit(), due) || (mayBeSilent && event.commit() == null),
                "%s has the commit %s and not that of %s",
                event,
                event.commit(),
                batch);
    }

    private void envelope(Told event, Change change) {
        unless(watched.sees(history, change), "%s is not part of what is watched", event);
        expect(event, "specversion", "1.0");
        expect(event, "source", "/api/" + change.collection());
        expect(event, "subject", change.id());
        expect(event, "time", Resource.time(change.timeMillis()));
    }

    private static void expect(Told event, String name, String value) {
        unless(
                value.equals(event.text(name)),
                "%s has the %s %s and not %s",
                event,
                name,
                event.text(name),
                value);
    }

    private void data(Told event, Change change) {
        JsonNode due = due(change);
        unless(
                Objects.equals(event.data(), due),
                "%s has the data %s and not %s",
                event,
                event.data(),
                due);
    }

    private @Nullable JsonNode due(Change change) {
        if (watched.watch().data() == DataMode.NONE) {
            return null;
        }
        if (!watched.isSeen(history, change.after())) {
            return Told.read(("{\"id\":\"" + change.id() + "\",\"_revision\":" + change.revision()
                                    + "}")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .event();
        }
        return watched.tree(history, change.revision());
    }

    /** Who lacks a resource because it broke off in the middle of a state reads it, as it should. */
    private void patch(Told event, Change change, @Nullable Long held, boolean isPartial) {
        unless(watched.watch().data() == DataMode.PATCH, "%s is a patch", event);
        Resource before = Objects.requireNonNull(change.before());
        if (held == null && isPartial) {
            return;
        }
        unless(
                held != null && held == before.revision(),
                "%s is a patch against %d, which was never told: the client has %s",
                event,
                before.revision(),
                held);
        JsonNode patched = Merging.merge(
                watched.tree(history, before.revision()), Objects.requireNonNull(event.data()));
        unless(
                patched.equals(watched.tree(history, change.revision())),
                "%s makes %s of the resource",
                event,
                patched);
    }

    /**
     * Checks that it names the event before it, or a later position that the client has.
     *
     * @param last the event before it; below 1 when there was none
     */
    static void prev(Told event, long last, long position) {
        Position prev = event.prev();
        unless(prev != null, "%s has no prev", event);
        long before = Objects.requireNonNull(prev).revision();
        unless(before <= position, "%s names a prev above %d", event, position);
        unless(before >= last, "%s leaves out %d", event, last);
    }
}
