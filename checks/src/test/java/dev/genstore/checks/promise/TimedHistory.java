package dev.genstore.checks.promise;

import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.Told;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What was written to a few resources, and when: the model of what those are told of it who come with a
 * time. Confined to one thread.
 */
final class TimedHistory {
    private static final int IDS = 4;

    private final InstantSource clock;
    private final Random random;
    private final Map<String, Boolean> present = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** One change: whether the resource was open, and is; null where there is none. */
    private record Step(
            long revision,
            long millis,
            String id,
            @Nullable Boolean before,
            @Nullable Boolean after) {
        /** What a watcher is told, if anything. */
        Stream<String> told(String target) {
            boolean was = belongs(target, before);
            boolean is = belongs(target, after);
            return was || is
                    ? Stream.of(revision
                            + (was && is ? " updated " : is ? " created " : " deleted ")
                            + id)
                    : Stream.empty();
        }

        private boolean belongs(String target, @Nullable Boolean isOpen) {
            return switch (target) {
                case "/api/notes" -> isOpen != null;
                case "/api/notes?open=true" -> Objects.equals(isOpen, true);
                default -> isOpen != null && target.equals("/api/notes/" + id);
            };
        }
    }

    /** Nothing was written yet. */
    TimedHistory(InstantSource clock, Random random) {
        this.clock = clock;
        this.random = random;
    }

    /** Makes, changes or deletes something, or does two of these at once. */
    void write(RestClient client) {
        String id = Integer.toString(1 + random.nextInt(IDS));
        switch (random.nextInt(4)) {
            case 0 -> delete(client, id);
            case 1 -> putTwo(client);
            default -> put(client, id, random.nextBoolean());
        }
    }

    private void delete(RestClient client, String id) {
        if (present.containsKey(id)) {
            client.delete("/api/notes/" + id);
            step(id, null);
        } else {
            put(client, id, true);
        }
    }

    /** Writes what concerns everybody. */
    void open(RestClient client) {
        put(client, "1", true);
    }

    private void put(RestClient client, String id, boolean isOpen) {
        client.put("/api/notes/" + id, json(isOpen));
        step(id, isOpen);
    }

    private void putTwo(RestClient client) {
        client.post(
                "/api/_batch",
                "{\"operations\":[" + operation("1", true) + ',' + operation("2", false) + "]}");
        step("1", true);
        step("2", false);
    }

    private String operation(String id, boolean isOpen) {
        return "{\"method\":\"PUT\",\"url\":\"/api/notes/" + id + "\",\"body\":" + json(isOpen)
                + '}';
    }

    /** Each time another one, so that it changes something. */
    private String json(boolean isOpen) {
        return "{\"open\":" + isOpen + ",\"n\":" + steps.size() + '}';
    }

    /** Time never falls along the log, whatever the clock does. */
    private void step(String id, @Nullable Boolean after) {
        long millis = Math.max(clock.millis(), steps.isEmpty() ? 0 : lastMillis());
        steps.add(new Step(steps.size() + 1L, millis, id, present.get(id), after));
        if (after == null) {
            present.remove(id);
        } else {
            present.put(id, after);
        }
    }

    long head() {
        return steps.size();
    }

    long firstMillis() {
        return steps.getFirst().millis();
    }

    long lastMillis() {
        return steps.getLast().millis();
    }

    /** What is told of all that was made behind a time. */
    List<String> toldSince(String target, long millis) {
        return steps.stream()
                .filter(step -> step.millis() > millis)
                .flatMap(step -> step.told(target))
                .toList();
    }

    /** What is told of all that was made behind a revision. */
    List<String> toldBehind(String target, long revision) {
        return steps.stream()
                .filter(step -> step.revision() > revision)
                .flatMap(step -> step.told(target))
                .toList();
    }

    /** An event in the same words. */
    static String said(Told told) {
        return told.revision() + " " + told.type() + " " + told.subject();
    }
}
