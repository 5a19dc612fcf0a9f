package dev.genstore.checks.crash;

import dev.genstore.checks.crash.Complaint.Kind;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what a follower was told against the log: every change of what it follows, each once, in
 * order, none that the log does not have; and in the end it has what a GET shows.
 *
 * <p>Confined to one thread.
 */
final class FollowerCheck {
    private final Truth truth;
    private final Asked asked;
    private final TreeMap<Long, Telling> expected;
    private final Set<Long> told = new HashSet<>();
    private final View view = new View();
    private final List<Complaint> complaints = new ArrayList<>();
    private long position;

    private FollowerCheck(Truth truth, Asked asked) {
        this.truth = truth;
        this.asked = asked;
        this.expected = truth.byRevision();
        expected.values().removeIf(change -> !asked.covers(change.resource()));
    }

    /** What is wrong with what somebody was told who has followed from the first change on. */
    static List<Complaint> of(Truth truth, Asked asked, List<Telling> tellings) {
        var check = new FollowerCheck(truth, asked);
        Optional<Telling> reset = tellings.stream().filter(check::isReset).findFirst();
        if (reset.isPresent()) {
            check.complain(Kind.RESET, "was told " + reset.get().json());
        }
        // Behind a reset everything is told again, and nothing of what is checked here holds.
        tellings.stream().takeWhile(telling -> !check.isReset(telling)).forEach(check::take);
        if (reset.isEmpty()) {
            check.requireAllUpTo(truth.head());
            check.requireView();
        }
        return check.complaints;
    }

    private boolean isReset(Telling telling) {
        return telling.type().equals("reset")
                || !Telling.epoch(telling.position()).equals(truth.epoch());
    }

    private void take(Telling telling) {
        if (telling.isChange()) {
            change(telling);
        } else {
            synced(telling.revision());
        }
    }

    private void change(Telling change) {
        requireOrder(change);
        requirePrevious(change);
        requireDurable(change);
        view.apply(change);
        told.add(change.revision());
        position = change.revision();
    }

    private void requireOrder(Telling change) {
        if (told.contains(change.revision())) {
            complain(Kind.EVENT_DOUBLED, "was told twice: " + change);
        } else if (change.revision() <= position) {
            complain(Kind.OUT_OF_ORDER, "was told behind " + position + ": " + change);
        }
    }

    private void requirePrevious(Telling change) {
        long previous = change.previous();
        boolean skips = previous < change.revision()
                && !expected.subMap(previous, false, change.revision(), false).isEmpty();
        if (skips || previous > position) {
            complain(
                    Kind.WRONG_PREVIOUS,
                    "was at " + position + " and told, with prev " + previous + ": " + change);
        }
    }

    private void requireDurable(Telling change) {
        Telling kept = expected.get(change.revision());
        if (kept == null || !essence(change).equals(essence(kept))) {
            complain(
                    Kind.TOLD_BEFORE_DURABLE, "was told " + change + ", where the log has " + kept);
        }
    }

    /** An event without what differs from watch to watch. */
    private JsonNode essence(Telling change) {
        ObjectNode event = ((ObjectNode) change.json()).deepCopy();
        event.remove(List.of("prev", "patch"));
        if (!asked.data().equals("full")) {
            event.remove("data");
        }
        return event;
    }

    private void synced(long revision) {
        if (revision < position) {
            complain(Kind.OUT_OF_ORDER, "was at " + position + " and then synced at " + revision);
        }
        requireAllUpTo(revision);
        position = Math.max(position, revision);
    }

    private void requireAllUpTo(long revision) {
        for (Telling change : expected.headMap(revision, true).values()) {
            if (told.add(change.revision())) {
                complain(
                        Kind.EVENT_LOST,
                        "had seen everything up to " + revision + " and was not told " + change);
            }
        }
    }

    private void requireView() {
        Map<String, JsonNode> shown = new HashMap<>();
        truth.resources().forEach((path, resource) -> {
            if (asked.covers(path)) {
                shown.put(path, View.of(resource, asked));
            }
        });
        if (!view.resources().equals(shown)) {
            complain(Kind.WRONG_VIEW, "has other resources than a GET shows");
        }
    }

    private void complain(Kind kind, String what) {
        complaints.add(new Complaint(kind, asked + " " + what));
    }
}
