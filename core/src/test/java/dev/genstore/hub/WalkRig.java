package dev.genstore.hub;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A loop whose watchers come, go, pause, and take as much as they like, all by one seed. Sockets have
 * the lowest descriptor that is free, as in a kernel, so that one that goes leaves its number to the
 * next who comes.
 */
final class WalkRig {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.NONE);
    private static final Hub.Limits LIMITS = new Hub.Limits(60_000, 1 << 20, 1_000, 30_000);
    private static final byte CHANGE = 'c';
    private static final byte SYNCED = 's';

    private final Random random;
    private final String seed;
    private final StoredLog stored = new StoredLog();
    private final Changelog changelog = new Changelog(stored, new Changelog.Memory(64, 1 << 20));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> readings = new ArrayDeque<>();
    private final List<@Nullable Client> descriptors = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Hub hub;
    private final Loop loop;
    private long nowMillis;
    private boolean isSettling;

    WalkRig(long seed) {
        this.random = new Random(seed);
        this.seed = "seed " + seed;
        this.hub = new Hub(changelog, () -> Instant.ofEpochMilli(nowMillis), LIMITS);
        var catchUp = new CatchUp(changelog, () -> Instant.ofEpochMilli(nowMillis));
        var sending = new Loop.Sending(Sockets::new, count -> {});
        this.loop = new Loop(tasks::add, hub, catchUp, readings::add, sending);
    }

    /** The type of an event in a byte, its revision, and something that makes it longer. */
    private static byte[] frame(Event event) {
        long revision = Long.parseLong(event.id().substring(event.id().indexOf('-') + 1));
        int length = 1 + Long.BYTES + 1 + (int) (revision % 100);
        byte type = "synced".equals(event.type()) ? SYNCED : CHANGE;
        return ByteBuffer.allocate(length)
                .put(type)
                .putLong(revision)
                .put((byte) (length - 10))
                .array();
    }

    List<Client> clients() {
        return clients;
    }

    long head() {
        return stored.head();
    }

    void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> put();
            case 3, 4, 5 -> run(tasks);
            case 6 -> run(readings);
            case 7 -> join(random.nextInt(25));
            case 8 -> leave(random.nextInt(15));
            case 9 -> some().pauseOrGoOn();
            case 10 -> takeSome();
            default -> sweep();
        }
    }

    private void put() {
        changelog.committed(List.of(stored.put("notes", "1", "{\"n\":" + head() + "}")));
        if (random.nextInt(4) > 0) {
            hub.advance();
        }
    }

    private static boolean run(Deque<Runnable> waiting) {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    void join(int count) {
        for (int i = 0; i < count; i++) {
            int free = descriptors.indexOf(null);
            int descriptor = free < 0 ? descriptors.size() : free;
            long since = random.nextInt(3) > 0 ? head() : random.nextLong(head() + 1);
            var client = new Client(descriptor, since);
            if (free < 0) {
                descriptors.add(client);
            } else {
                descriptors.set(free, client);
            }
            clients.add(client);
            client.begin(since);
        }
    }

    private void leave(int count) {
        for (int i = 0; i < count; i++) {
            some().close();
        }
    }

    private Client some() {
        return clients.get(random.nextInt(clients.size()));
    }

    private void takeSome() {
        for (int i = 0; i < 100; i++) {
            some().take();
        }
    }

    private void sweep() {
        nowMillis += random.nextInt(300);
        loop.sweep();
    }

    /** Everybody takes everything, until there is no more. */
    void settle() {
        isSettling = true;
        boolean isAtWork = true;
        while (isAtWork) {
            isAtWork = hub.advance() || run(tasks) || run(readings);
            for (Client client : List.copyOf(clients)) {
                isAtWork |= client.take();
            }
        }
    }

    /** What the kernel does with what the loop sends. */
    private final class Sockets implements Sender {
        @Override
        public void send(Batch batch) {
            for (int i = 0; i < batch.size(); i++) {
                Client client = descriptors.get(batch.descriptor(i));
                check(client != null, "sent to a socket that is closed");
                byte[] bytes = read(batch.address(i), batch.lengthBytes(i));
                batch.took(i, client.offer(bytes));
            }
        }

        @SuppressWarnings("restricted") // the frames are at an address, as for a kernel
        private static byte[] read(long address, int count) {
            return MemorySegment.ofAddress(address).reinterpret(count).toArray(JAVA_BYTE);
        }

        @Override
        public void close() {}
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + ", " + seed);
        }
    }

    /** One that watches, and the socket that it does it by. */
    final class Client implements Sink {
        private final int descriptor;
        private final ByteBuffer begun = ByteBuffer.allocate(200);
        private @Nullable Watcher watcher;
        private long told;
        private boolean isBusy;
        private boolean isPaused;
        private boolean isClosed;

        Client(int descriptor, long since) {
            this.descriptor = descriptor;
            this.told = since;
        }

        void begin(long since) {
            Start start = since == head()
                    ? new Start.Now()
                    : new Start.After(new Position(StoredLog.EPOCH, since));
            watcher = loop.watch(NOTES, WalkRig::frame, start, new Line(this));
            watcher.begin();
        }

        long told() {
            return told;
        }

        @Override
        public int descriptor() {
            return descriptor;
        }

        /** What the kernel takes at once of what is sent. */
        int offer(byte[] bytes) {
            check(!isBusy && !isPaused, "sent between the bytes of something else");
            boolean isFull = !isSettling && random.nextInt(100) == 0;
            int count = isFull ? random.nextInt(bytes.length + 1) : bytes.length;
            read(ByteBuffer.wrap(bytes, 0, count));
            return count;
        }

        @Override
        public void write(ByteBuffer frames, int count) {
            check(!isBusy && !isClosed, "written to although it can't be");
            check(!isPaused || begun.position() == 0, "written between the bytes of a frame");
            isBusy = true;
            read(frames);
            check(begun.position() == 0, "a piece ends within a frame");
            switch (random.nextInt(isSettling ? 1 : 20)) {
                case 0 -> take();
                case 1 -> close();
                case 2 -> some().close();
                default -> {}
            }
        }

        private void read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                begun.put(bytes.get());
                int length = begun.position();
                if (length >= 10 && length == 10 + begun.get(9)) {
                    hear(begun.get(0), begun.getLong(1));
                    begun.clear();
                }
            }
        }

        private void hear(byte type, long revision) {
            check(
                    type == CHANGE ? revision == told + 1 : revision == told,
                    (char) type + " " + revision + " came behind " + told);
            told = revision;
        }

        /** Takes what it was given; whether there was something. */
        boolean take() {
            if (isPaused && isSettling) {
                pauseOrGoOn();
            }
            if (!isBusy || isClosed || watcher == null) {
                return false;
            }
            isBusy = false;
            watcher.line().written();
            return true;
        }

        /** Something else is written, or has been. Only what nothing is written to can be written to. */
        void pauseOrGoOn() {
            if (watcher == null || isClosed || isBusy) {
                return;
            }
            isPaused = !isPaused;
            if (isPaused) {
                watcher.line().pause();
            } else {
                watcher.line().resume();
            }
        }

        void close() {
            if (watcher != null && !isClosed) {
                isClosed = true;
                watcher.close();
                clients.remove(this);
                descriptors.set(descriptor, null);
            }
        }

        @Override
        public void fail(RuntimeException cause) {
            throw new AssertionError("failed, " + seed, cause);
        }
    }
}
