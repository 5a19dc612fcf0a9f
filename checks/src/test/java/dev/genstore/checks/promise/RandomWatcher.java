package dev.genstore.checks.promise;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Watches, breaks off at random moments and comes back with its position, until it is told of a
 * resource with the member {@value RandomWriter#END}. Confined to one thread.
 */
final class RandomWatcher implements Callable<RandomWatcher> {
    private static final int EVENTS_MAX = 25;

    private final TestServer server;
    private final FollowBy by;
    private final String target;
    private final Random random;

    private final List<Told> told = new ArrayList<>();
    private final List<Integer> joins = new ArrayList<>();
    private final Replica replica = new Replica();
    private String position = "0";

    RandomWatcher(TestServer server, FollowBy by, String target, long seed) {
        this.server = server;
        this.by = by;
        this.target = target;
        this.random = new Random(seed);
    }

    /** Watches to the end. */
    @Override
    public RandomWatcher call() {
        try {
            follow();
        } catch (AssertionError failure) {
            throw new AssertionError(target + " was told " + history(), failure);
        }
        return this;
    }

    private void follow() {
        boolean goesOn = true;
        while (goesOn) {
            try (Follower follower = join()) {
                goesOn = read(follower, random.nextInt(EVENTS_MAX));
                position = follower.position();
            }
            joins.add(told.size());
        }
    }

    /** What it was told at last; a bar is where it broke off. */
    private String history() {
        var history = new StringBuilder();
        for (int i = Math.max(0, told.size() - 100); i < told.size(); i++) {
            history.append(joins.contains(i) ? " |" : "");
            history.append(" " + told.get(i).type() + told.get(i).revision());
        }
        return history.toString();
    }

    private Follower join() {
        return random.nextBoolean()
                ? by.follow(server, target, position)
                : by.resume(server, target, position);
    }

    /** Reads so many events; whether none of them was the end. */
    private boolean read(Follower follower, int count) {
        for (int i = 0; i < count; i++) {
            Told next = follower.next();
            told.add(next);
            replica.take(next);
            if (next.data().has(RandomWriter.END)) {
                return false;
            }
        }
        return true;
    }

    String target() {
        return target;
    }

    /** All that it was told of resources. */
    List<Told> changes() {
        return told.stream().filter(Told::isChange).toList();
    }

    /** How often it had to start over. */
    long resets() {
        return told.stream().filter(Told::isReset).count();
    }

    Replica replica() {
        return replica;
    }
}
