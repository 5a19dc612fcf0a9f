package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.Position;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;

import org.awaitility.core.ThrowingRunnable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one client was told, over however many connections. Each event is read by the CloudEvents SDK
 * and held to what every watcher is promised: ids rise, and no {@code prev} is above what the client
 * has. What breaks that is kept as a fault, and fails whoever waits next.
 *
 * <p>Thread-safe.
 */
final class Journal {
    /** How long a test waits for what will surely come. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final ObjectMapper BATCHES =
            new ObjectMapper().registerModule(JsonFormat.getCloudEventJacksonModule());

    private final String owner;

    @GuardedBy("this") private final List<CloudEvent> events = new ArrayList<>();

    @GuardedBy("this") private final List<Ending> endings = new ArrayList<>();

    @GuardedBy("this") private final List<Integer> retriesMillis = new ArrayList<>();

    @GuardedBy("this") private final List<String> faults = new ArrayList<>();

    @GuardedBy("this") private String position;

    /**
     * A journal of somebody who has seen everything up to this position.
     *
     * @param owner who it is, for messages
     */
    Journal(String owner, String position) {
        this.owner = owner;
        this.position = position;
    }

    /** The client has received this event. */
    synchronized void event(String json) {
        try {
            take(FORMAT.deserialize(json.getBytes(StandardCharsets.UTF_8)));
        } catch (RuntimeException unreadable) {
            fault(unreadable + " at " + json);
        }
    }

    /** The client has received it by SSE, under this id and type. */
    synchronized void event(String json, String id, String type) {
        event(json);
        if (!events.isEmpty()) {
            check(events.getLast().getId().equals(id), "the SSE id " + id, json);
            check(events.getLast().getType().equals(type), "the SSE type " + type, json);
        }
    }

    /** The client has received these events as one JSON array. */
    synchronized void batch(String json) {
        try {
            List.of(BATCHES.readValue(json, CloudEvent[].class)).forEach(this::take);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            fault(unreadable + " at " + json);
        }
    }

    @GuardedBy("this") private void take(CloudEvent event) {
        long had = revision(position);
        long revision = revision(event.getId());
        switch (event.getType()) {
            case "created", "updated", "deleted" -> {
                Object prev = Objects.requireNonNull(event.getExtension("prev"), "prev");
                check(revision > had, "not above " + position, event);
                check(revision(prev.toString()) <= had, "a hole behind " + position, event);
            }
            case "synced" -> check(revision >= had, "behind " + position, event);
            case "reset" -> check(revision == 0, "not the start", event);
            default -> faults.add("of an unknown type: " + event);
        }
        events.add(event);
        position = event.getId();
    }

    @GuardedBy("this") private void check(boolean holds, String what, Object where) {
        if (!holds) {
            faults.add(what + ": " + where);
        }
    }

    /** The client was told how long to wait before it comes back. */
    synchronized void retry(int millis) {
        retriesMillis.add(millis);
    }

    synchronized void ended(Ending ending) {
        endings.add(ending);
    }

    /** Something happened that never may. */
    synchronized void fault(String what) {
        faults.add(what);
    }

    /** Where the client stands. */
    synchronized String position() {
        return position;
    }

    /** The changes that it was told of. */
    synchronized List<Told> changes() {
        return events.stream()
                .filter(Journal::isChange)
                .map(event -> new Told(
                        revision(event.getId()),
                        event.getType(),
                        Objects.requireNonNullElse(event.getSubject(), "")))
                .toList();
    }

    synchronized List<Ending> endings() {
        return List.copyOf(endings);
    }

    synchronized List<Integer> retriesMillis() {
        return List.copyOf(retriesMillis);
    }

    /** Waits until it is told that it has seen everything so far. */
    void awaitSynced() {
        eventually(() -> assertThat(hasSynced()).as("synced").isTrue());
    }

    private synchronized boolean hasSynced() {
        return count("synced") > 0;
    }

    /** How often it was told to start over. */
    synchronized long resets() {
        return count("reset");
    }

    private synchronized long count(String type) {
        return events.stream().filter(event -> type.equals(event.getType())).count();
    }

    /** Waits until it has seen everything up to this revision. */
    void awaitThrough(long revision) {
        eventually(() -> assertThat(revision(position())).isGreaterThanOrEqualTo(revision));
    }

    /** Waits until its connections have ended so often. */
    void awaitEndings(int count) {
        eventually(() -> assertThat(endings()).hasSizeGreaterThanOrEqualTo(count));
    }

    private void eventually(ThrowingRunnable assertion) {
        await(owner)
                .atMost(PATIENCE)
                .pollInterval(GLANCE)
                .failFast(() -> assertThat(faults()).isEmpty())
                .untilAsserted(assertion);
    }

    private synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    private static boolean isChange(CloudEvent event) {
        return List.of("created", "updated", "deleted").contains(event.getType());
    }

    private static long revision(String position) {
        return Objects.requireNonNull(Position.parse(position), position).revision();
    }

    @Override
    public String toString() {
        return owner;
    }
}
