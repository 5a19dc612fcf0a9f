package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.hub.Sink;
import dev.genstore.hub.Watcher;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A simulated socket: it takes frames, and gives them to its client later, all at once or some first.
 */
final class Connection implements Sink {
    private final World world;
    private final Client client;
    private final LoopThread thread;
    private @Nullable Watcher watcher;
    private List<ByteBuffer> underway = List.of();
    private long durableAtWrite;
    private boolean isBusy;
    private boolean isClosed;
    private boolean hasFailed;

    Connection(World world, Client client, LoopThread thread) {
        this.world = world;
        this.client = client;
        this.thread = thread;
    }

    LoopThread thread() {
        return thread;
    }

    boolean isBusy() {
        return isBusy;
    }

    boolean hasFailed() {
        return hasFailed;
    }

    void begin(Watcher begun) {
        watcher = begun;
        begun.begin();
    }

    @Override
    public void write(ByteBuffer frames, int count) {
        unless(world.stage.runs(thread), "%s was told outside its loop", client);
        unless(!isClosed, "%s was told after it had gone", client);
        unless(!isBusy, "%s was told while it was busy", client);
        isBusy = true;
        underway = LengthFraming.split(frames);
        durableAtWrite = world.history.head();
        unless(
                underway.size() == count && count > 0,
                "%s was given %d frames, and told %d",
                client,
                underway.size(),
                count);
        world.stage.interrupt();
    }

    @Override
    public void fail(RuntimeException cause) {
        unless(world.stage.runs(thread), "%s failed outside its loop", client);
        unless(!isClosed, "%s failed after it had gone", client);
        world.trace.add(client + " fails: " + cause.getMessage());
        hasFailed = true;
    }

    /** The client reads this many of the frames that are underway. */
    void hear(int count) {
        int heard = Math.min(count, underway.size());
        List<Told> events =
                underway.subList(0, heard).stream().map(LengthFraming::read).toList();
        underway = underway.subList(heard, underway.size());
        client.hear(events, durableAtWrite);
    }

    /** The client reads the rest, and the watcher may go on. */
    void finish() {
        hear(underway.size());
        isBusy = false;
        Objects.requireNonNull(watcher).written();
    }

    /** The client may have read some of what was underway; nobody knows. */
    void breakOff() {
        hear(world.dice.between(0, underway.size()));
        underway = List.of();
    }

    /** The server notices that it has gone. */
    void close() {
        breakOff();
        isClosed = true;
        Objects.requireNonNull(watcher).close();
    }
}
