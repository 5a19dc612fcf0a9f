package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.hub.Watcher;
import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A client that watches, vanishes, and comes back with the last position that it was told. */
final class Client {
    private final World world;
    private final String name;
    private Watched watched;
    private @Nullable Follower follower;
    private @Nullable Connection connection;
    private Tempo tempo = Tempo.EAGER;

    /** How fast it reads. */
    private enum Tempo {
        EAGER,
        SLOW,
        STALLED
    }

    Client(World world, String name) {
        this.world = world;
        this.name = name;
        this.watched = world.dice.pick(world.watches);
    }

    /** Comes back to what it watched, or begins with something else. */
    boolean connect(Node node) {
        Connection shared = shared(node);
        LoopThread thread = shared == null ? world.dice.pick(node.loops) : shared.thread();
        if (connection != null || !world.stage.isUnlocked() || !world.stage.isFree(thread)) {
            return false;
        }
        tempo = world.dice.pick(List.of(Tempo.EAGER, Tempo.EAGER, Tempo.SLOW, Tempo.STALLED));
        Position since = follower == null ? null : follower.resume();
        if (follower != null && since != null && world.dice.chance(70)) {
            follower.comesBack(node.changelog.head());
            world.trace.add(this + " comes back since " + since);
            begin(node, thread, shared, new Start.After(since));
        } else {
            begin(node, thread, shared);
        }
        return true;
    }

    /** A connection of another client that has room for one more watch, or null. */
    private @Nullable Connection shared(Node node) {
        return node.connections.isEmpty() || !world.dice.chance(30)
                ? null
                : world.dice.pick(node.connections);
    }

    private void begin(Node node, LoopThread thread, @Nullable Connection shared) {
        Join join = Join.any(world.dice, node.storage.epoch(), node.changelog.head());
        watched = world.dice.pick(world.watches);
        follower = new Follower(world, watched, node.storage.epoch(), join);
        world.trace.add(this + " joins since " + join.since());
        begin(node, thread, shared, join.start());
    }

    private void begin(Node node, LoopThread thread, @Nullable Connection shared, Start start) {
        if (shared == null) {
            open(node, thread, start);
        } else {
            share(node, shared, start);
        }
    }

    private void open(Node node, LoopThread thread, Start start) {
        var made = new Connection(world, this, thread);
        connection = made;
        node.connections.add(made);
        boolean readsStream = world.dice.chance(60);
        world.stage.runLocked(
                thread, () -> made.begin(this, watcher(node, made, readsStream, start)));
    }

    private Watcher watcher(Node node, Connection on, boolean readsStream, Start start) {
        return readsStream
                ? on.thread().loop().watch(watched.watch(), node.form, start, on.line())
                : on.thread().loop().watch(watched.watch(), node.framing, start, on.line());
    }

    private void share(Node node, Connection shared, Start start) {
        connection = shared;
        Watch named = watched.watch().named(shared.name(this));
        world.trace.add(this + " shares a connection");
        world.stage.runLocked(
                shared.thread(),
                () -> shared.begin(
                        this,
                        shared.thread().loop().watch(named, node.framing, start, shared.line())));
    }

    /** It goes, or what it watches can't be read; the server notices. */
    boolean vanish(Node node) {
        Connection gone = connection;
        if (gone == null || !world.stage.isUnlocked() || !world.stage.isFree(gone.thread())) {
            return false;
        }
        world.trace.add(this + " vanishes");
        connection = null;
        if (gone.isOf(this)) {
            node.connections.remove(gone);
            world.stage.runLocked(gone.thread(), gone::close);
        } else {
            world.stage.runLocked(gone.thread(), () -> gone.leave(this));
        }
        return true;
    }

    /** The connection that it had, or shared, has gone. */
    void lost() {
        connection = null;
    }

    boolean vanishIfFailed(Node node) {
        return connection != null && connection.hasFailed() && vanish(node);
    }

    /** The store has gone. */
    void crash() {
        Connection broken = connection;
        if (broken != null && broken.isOf(this)) {
            broken.breakOff();
        }
        connection = null;
    }

    /** Reads what is underway, all of it or some, if it is in the mood. */
    boolean read() {
        boolean isInTheMood = switch (tempo) {
            case EAGER -> true;
            case SLOW -> world.dice.chance(20);
            case STALLED -> false;
        };
        return isInTheMood && readNow();
    }

    boolean readNow() {
        Connection from = connection;
        if (from == null || !from.hasUnread() || !world.stage.isFree(from.thread())) {
            return false;
        }
        if (world.dice.chance(20)) {
            from.hear(1);
        } else {
            world.stage.run(from.thread(), from::finish);
        }
        return true;
    }

    void hear(List<Told> events, long durable) {
        events.forEach(event -> world.trace.add(this + " hears " + event));
        if (follower != null) {
            follower.hear(events, durable);
        }
    }

    /** When everything has come to rest, it has everything, if it is there. */
    void checkComplete(long head) {
        Follower mine = follower;
        if (connection == null || mine == null) {
            return;
        }
        unless(mine.isSynced(), "%s was never told synced", this);
        unless(mine.hasWholeBatches(), "%s was never told the end of a batch", this);
        long next = world.history.nextSeen(watched, mine.position());
        unless(next == 0 || next > head, "%s was never told %d", this, next);
    }

    /** Behind a heartbeat it knows that it has everything. */
    void checkAtHead() {
        unless(connection != null, "%s can't come back", this);
        long position = follower == null ? 0 : follower.position();
        unless(
                position == world.history.head(),
                "%s was told synced %d, and the head is %d",
                this,
                position,
                world.history.head());
    }

    @Override
    public String toString() {
        return name + " of " + watched;
    }
}
