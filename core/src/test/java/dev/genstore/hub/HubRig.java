package dev.genstore.hub;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Position;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A hub with one loop, whose tasks wait until the test runs them. */
final class HubRig {
    final StoredLog stored = new StoredLog();
    final Changelog changelog = new Changelog(stored, new Changelog.Memory(64, 1 << 20));
    final List<Runnable> tasks = new ArrayList<>();
    final List<Runnable> readings = new ArrayList<>();
    final Hub hub;
    final Loop loop;
    final Sockets sockets = new Sockets();
    final FollowedChanges followed = new FollowedChanges(2);
    Framing framing = Lines.FRAMING;
    Executor executor = tasks::add;
    int delivered;
    long nowMillis;

    HubRig(Hub.Limits limits) {
        this(limits, Runnable::run);
    }

    /**
     * A rig with these limits.
     *
     * @param refills runs what reads for live windows
     */
    HubRig(Hub.Limits limits, Executor refills) {
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
        hub = new Hub(changelog, clock, limits, refills);
        var sending = new Loop.Sending(() -> sockets, count -> delivered += count, followed);
        loop = new Loop(
                task -> executor.execute(task),
                hub,
                new CatchUp(changelog, clock),
                readings::add,
                sending);
    }

    /**
     * A client that keeps what it is told. What comes by way of its sink it takes only when it is
     * asked to; what the sender gives it, as much as it has room for, at once.
     */
    static final class Client implements Sink {
        final List<JsonNode> told = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int descriptor;
        boolean isBusy;

        /** Whether something else is being written to it. */
        boolean isPaused;

        boolean hasFailed;
        int room = Integer.MAX_VALUE;

        Client() {
            this(NO_DESCRIPTOR);
        }

        Client(int descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public int descriptor() {
            return descriptor;
        }

        @Override
        public void write(ByteBuffer frames, int count) {
            check();
            isBusy = true;
            byte[] copy = new byte[frames.remaining()];
            frames.get(copy);
            take(copy);
        }

        private void check() {
            if (isBusy || isPaused) {
                throw new AssertionError("something comes between the bytes of something else");
            }
        }

        private void take(byte[] some) {
            bytes.writeBytes(some);
            String text = bytes.toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(line -> told.add(Lines.read(line)));
            bytes.reset();
            bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void fail(RuntimeException cause) {
            hasFailed = true;
        }

        /** What it was told since it was last asked. */
        List<String> heard() {
            List<String> heard = Lines.brief(told);
            told.clear();
            return heard;
        }
    }

    /** Sockets by their descriptors, as a kernel has them. */
    static final class Sockets implements Sender {
        private final Map<Integer, Client> clients = new HashMap<>();
        private int calls;
        boolean isBroken;

        Client open(int descriptor) {
            var client = new Client(descriptor);
            clients.put(descriptor, client);
            return client;
        }

        int calls() {
            return calls;
        }

        @Override
        public void send(Batch batch) {
            if (isBroken) {
                throw new IllegalStateException("broken on purpose");
            }
            calls++;
            for (int i = 0; i < batch.size(); i++) {
                Client client = clients.get(batch.descriptor(i));
                int count = client == null ? 0 : Math.min(client.room, batch.lengthBytes(i));
                if (client != null && count > 0) {
                    client.check();
                    client.room -= count;
                    client.take(read(batch.address(i), count));
                }
                batch.took(i, count);
            }
        }

        @SuppressWarnings("restricted") // the frames are at an address, as for a kernel
        private static byte[] read(long address, int count) {
            return MemorySegment.ofAddress(address).reinterpret(count).toArray(JAVA_BYTE);
        }

        @Override
        public void close() {}
    }

    /** Commits a batch of writes to these paths. */
    void batch(String... paths) {
        changelog.committed(stored.batch(paths));
    }

    void put(String collection, String id) {
        changelog.committed(List.of(stored.put(collection, id, "{\"n\":" + stored.head() + "}")));
    }

    void put(String collection, String id, String json) {
        changelog.committed(List.of(stored.put(collection, id, json)));
    }

    void delete(String collection, String id) {
        changelog.committed(List.of(stored.delete(collection, id)));
    }

    Watcher watch(Watch watch, Start start, Client client) {
        Watcher watcher = loop.watch(watch, framing, start, new Line(client));
        watcher.begin();
        return watcher;
    }

    static Start since(String epoch, long revision) {
        return new Start.After(new Position(epoch, revision));
    }

    /** Looks after the watchers, as the loop does a few times a second. */
    void sweep() {
        loop.sweep();
    }

    /** Tells everything and lets a client take it. */
    void settle(Watcher watcher, Client client) {
        while (hub.advance() || runAll(tasks) || runAll(readings) || client.isBusy) {
            take(watcher, client);
        }
    }

    /** The client takes what it was given. */
    static void take(Watcher watcher, Client client) {
        if (client.isBusy) {
            client.isBusy = false;
            watcher.line().written();
        }
    }

    static boolean runAll(List<Runnable> waiting) {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
        return !due.isEmpty();
    }
}
