package dev.genstore.checks.simulation;

import static dev.genstore.checks.simulation.Violation.unless;

import dev.genstore.hub.Line;
import dev.genstore.hub.Sink;
import dev.genstore.hub.Watcher;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulated socket. The sender gives it as much as the kernel has room for, and its sink the rest;
 * its client hears the frames later, all at once or some first. Other clients may share it: their
 * watches are told under names of their own, as those of commands are.
 */
final class Connection implements Sink {
    private final World world;
    private final Client client;
    private final LoopThread thread;
    private final int descriptor;
    private final Deque<Frame> underway = new ArrayDeque<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final LengthReader reader = new LengthReader();
    private final Line line;
    private final Map<Client, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, Client> guests = new HashMap<>();
    private int named;
    private boolean isBusy;
    private boolean isClosed;
    private boolean hasFailed;

    /** A whole frame, and the last revision that was durable when its end was sent. */
    private record Frame(ByteBuffer bytes, long durable) {}

    Connection(World world, Client client, LoopThread thread) {
        this.world = world;
        this.client = client;
        this.thread = thread;
        this.descriptor = world.dice.chance(70) ? thread.kernel().open(this) : NO_DESCRIPTOR;
        this.line = new Line(world.plant.sink(this));
    }

    Line line() {
        return line;
    }

    LoopThread thread() {
        return thread;
    }

    /** Whether there is something for its client to read. */
    boolean hasUnread() {
        return isBusy || !underway.isEmpty();
    }

    boolean hasFailed() {
        return hasFailed;
    }

    void begin(Client by, Watcher begun) {
        watchers.put(by, begun);
        begun.begin();
    }

    /** A name for the watch of one that shares it. */
    String name(Client guest) {
        String name = "/" + named++;
        guests.put(name, guest);
        return name;
    }

    boolean isOf(Client some) {
        return client == some;
    }

    /** A guest is told no more; what is on its way to it is not heard by anybody. */
    void leave(Client guest) {
        guests.values().removeIf(other -> other == guest);
        Watcher left = watchers.remove(guest);
        if (left != null) {
            left.close();
        }
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    /** The kernel takes frames for it, as far as it has room. */
    int take(ByteBuffer frames) {
        check("sent to");
        int count = world.dice.chance(60)
                ? frames.remaining()
                : world.dice.between(0, frames.remaining());
        append(frames.slice(0, count));
        world.stage.interrupt();
        return count;
    }

    @Override
    public void write(ByteBuffer frames, int count) {
        check("told");
        isBusy = true;
        int ended = append(frames);
        unless(
                ended == count && count > 0 && begun.size() == 0,
                "%s was given %d frames, and told %d",
                client,
                ended,
                count);
        world.stage.interrupt();
    }

    private void check(String what) {
        unless(world.stage.runs(thread), "%s was %s outside its loop", client, what);
        unless(!isClosed, "%s was %s after it had gone", client, what);
        unless(!isBusy, "%s was %s while it was busy", client, what);
    }

    /** Returns how many frames are whole by these bytes. */
    private int append(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        begun.writeBytes(copy);
        ByteBuffer all = ByteBuffer.wrap(begun.toByteArray());
        List<ByteBuffer> whole = LengthFraming.split(all);
        whole.forEach(frame -> underway.add(new Frame(frame, world.history.head())));
        int length = whole.stream().mapToInt(ByteBuffer::remaining).sum();
        begun.reset();
        begun.write(all.array(), length, all.limit() - length);
        return whole.size();
    }

    @Override
    public void fail(RuntimeException cause) {
        if (cause.getCause() instanceof Violation violation) {
            throw violation; // a finding of this simulation, which must not pass for a broken sink
        }
        unless(world.stage.runs(thread), "%s failed outside its loop", client);
        unless(!isClosed, "%s failed after it had gone", client);
        world.trace.add(client + " fails: " + cause.getMessage());
        hasFailed = true;
    }

    /** The client reads this many of the frames that are underway. */
    void hear(int count) {
        int left = Math.min(count, underway.size());
        while (left > 0) {
            left -= hearTogether(left);
        }
    }

    /** Those that were sent at the same time are heard together; returns how many. */
    private int hearTogether(int countMax) {
        long durable = underway.getFirst().durable();
        var events = new LinkedHashMap<Client, List<Told>>();
        int count = 0;
        while (count < countMax && underway.getFirst().durable() == durable) {
            Told event = reader.read(underway.removeFirst().bytes());
            count++;
            Client hearer = hearer(event.text("watch"));
            if (hearer != null) {
                events.computeIfAbsent(hearer, its -> new ArrayList<>()).add(event);
            }
        }
        events.forEach((hearer, its) -> hearer.hear(its, durable));
        return count;
    }

    private @Nullable Client hearer(@Nullable String name) {
        return name == null ? client : guests.get(name);
    }

    /** The client reads the rest, and the watcher may go on. */
    void finish() {
        hear(underway.size());
        if (isBusy) {
            isBusy = false;
            line.written();
        }
    }

    /** The client may have read some of what was underway; nobody knows. */
    void breakOff() {
        hear(world.dice.between(0, underway.size()));
        underway.clear();
        reader.close();
    }

    /** The server notices that it has gone. */
    void close() {
        breakOff();
        isClosed = true;
        thread.kernel().close(descriptor);
        watchers.values().forEach(Watcher::close);
        watchers.keySet().forEach(Client::lost);
    }
}
