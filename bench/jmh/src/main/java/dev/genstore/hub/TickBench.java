package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.testkit.MemoryDisk;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What a walk costs without the kernel: each watcher is told one frame, and its socket takes all. */
@State(Scope.Thread)
public class TickBench {
    @Param({"1000", "10000"})
    public int watchers;

    private final byte[] frame = Frame.sample();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Sender sender = new AllTaken();
    private final AtomicLong delivered = new AtomicLong();
    private final Feed feed = feed();
    private final Group group = new Group(loop(), new Loop.GroupKey(Frame.NOTES, Frame.FRAMING));

    @Setup
    public void join() {
        group.follow(feed);
        feed.subscribe(group.listener());
        for (int descriptor = 0; descriptor < watchers; descriptor++) {
            new Watcher(group, new Progress.Log(0, 0, 0), new Line(new Taker(descriptor))).begin();
        }
        runAll();
    }

    @Benchmark
    public long tick() {
        Frame.append(feed.log(), frame);
        feed.wake();
        runAll();
        return delivered.get();
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static Feed feed() {
        var encoder = new EventEncoder("k3f9", Frame.NOTES);
        return new Feed(Frame.NOTES, Frame.FRAMING, encoder, new FrameMemory(1 << 20), 0, () -> 0);
    }

    private Loop loop() {
        var changelog = new Changelog(
                new MemoryDisk(new Random(1)).open(), new Changelog.Memory(64, 1 << 20));
        InstantSource clock = InstantSource.system();
        var hub = new Hub(changelog, clock, Hub.Limits.DEFAULT);
        var sending = new Loop.Sending(() -> sender, delivered::addAndGet);
        return new Loop(tasks::add, hub, new CatchUp(changelog, clock), tasks::add, sending);
    }

    /** A socket that has always room. */
    private record Taker(int descriptor) implements Sink {
        @Override
        public void write(ByteBuffer frames, int count) {
            throw new IllegalStateException("the sender takes everything");
        }

        @Override
        public void fail(RuntimeException cause) {
            throw cause;
        }
    }

    private static final class AllTaken implements Sender {
        @Override
        public void send(Batch batch) {
            for (int i = 0; i < batch.size(); i++) {
                batch.took(i, batch.lengthBytes(i));
            }
        }

        @Override
        public void close() {}
    }
}
