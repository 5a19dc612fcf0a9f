package dev.genstore.checks.simulation;

import dev.genstore.hub.Event;
import dev.genstore.hub.Page;
import dev.genstore.hub.Progress;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A client that reads changes page by page and follows the links, as with long polls. */
final class PollingClient {
    private final World world;
    private final String name;
    private Watched watched;
    private @Nullable Follower follower;
    private @Nullable Progress progress;
    private boolean isPolling;

    PollingClient(World world, String name) {
        this.world = world;
        this.name = name;
        this.watched = world.dice.pick(world.watches);
    }

    /** Reads the next page; false when that brought nothing. */
    boolean poll(Node node) {
        if (isPolling) {
            return false;
        }
        if (follower == null || world.dice.chance(3)) {
            begin(node);
        }
        Progress before = Objects.requireNonNull(progress);
        isPolling = true;
        world.stage.run(this, () -> isPolling = !node.quietly(() -> turn(node, before)));
        boolean failed = isPolling;
        isPolling = false;
        return failed || !before.equals(progress);
    }

    private void begin(Node node) {
        watched = world.dice.pick(world.watches);
        Join join = Join.any(world.dice, node.storage.epoch(), node.changelog.head());
        follower = new Follower(world, watched, node.storage.epoch(), join);
        progress = node.catchUp.begin(join.start());
        world.trace.add(this + " begins since " + join.since());
    }

    private void turn(Node node, Progress from) {
        Page page = node.catchUp.next(watched.watch(), from, world.dice.pick(1, 1, 500, 5_000));
        progress = page.progress();
        world.trace.add(this + " reads " + page.events().size() + " events, to " + progress);
        Follower mine = Objects.requireNonNull(follower);
        mine.hear(
                page.events().stream().map(Event::json).map(Told::read).toList(),
                world.history.head());
        if (progress instanceof Progress.Log log && log.revision() >= log.fullThrough()) {
            mine.synced(log.revision());
        }
    }

    /** When everything has come to rest, it has everything. */
    void checkAtHead() {
        Follower mine = Objects.requireNonNull(follower);
        Violation.unless(
                mine.isSynced() && mine.position() == world.history.head(),
                "%s came to %d, and the head is %d",
                this,
                mine.position(),
                world.history.head());
    }

    @Override
    public String toString() {
        return name + " of " + watched;
    }
}
