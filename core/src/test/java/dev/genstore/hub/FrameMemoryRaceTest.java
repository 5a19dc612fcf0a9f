package dev.genstore.hub;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Several feeds share so little memory that every block is used again and again, while readers hold
 * on to frames for a while. Each byte of a frame says whose it is.
 */
@Timeout(60)
class FrameMemoryRaceTest {
    private static final int FEEDS = 6;
    private static final int READERS = 2;
    private static final int HELD_MAX = 12;
    private static final long APPENDS_MIN = 300_000;
    private static final long PIECES_MIN = 20_000;
    private static final Watch ALL = new Watch(new Target.Everything(), DataMode.NONE);

    private final long seed = new Random().nextLong();
    private final FrameMemory memory = new FrameMemory(64 << 10);
    private final AtomicReferenceArray<Feed> feeds = new AtomicReferenceArray<>(FEEDS);
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong pieces = new AtomicLong();

    private record Held(int feed, Run.Frames frames) {}

    @Test
    void no_memory_is_used_again_while_somebody_reads_it() throws Exception {
        for (int i = 0; i < FEEDS; i++) {
            feeds.set(i, feed(0));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 1; i <= READERS; i++) {
                var random = new Random(seed + i);
                readers.add(threads.submit(() -> readAll(random)));
            }
            try {
                appendAll(new Random(seed));
            } finally {
                isOver.set(true);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        check(memory.spareBytes() <= 64 << 10, "more memory is spare than was allowed");
    }

    private Feed feed(long from) {
        return new Feed(ALL, Lines.FRAMING, new EventEncoder("e1", ALL), memory, from, () -> from);
    }

    /**
     * Goes on until the readers, too, had their turn. Feeds are made anew now and then, as those that
     * are new have small segments.
     */
    private void appendAll(Random random) {
        var windows = new Windows(6_000, 16_000);
        for (long revision = 1; revision <= APPENDS_MIN || pieces.get() < PIECES_MIN; revision++) {
            int number = random.nextInt(FEEDS);
            Feed feed = feeds.get(number);
            var frame = new byte[random.nextInt(1, 700)];
            Arrays.fill(frame, mark(number, revision));
            Segment made = feed.log().append(frame, revision);
            if (made != null) {
                windows.grew(feed.log(), made);
            }
            if (random.nextInt(100) == 0) {
                windows.clear(feed.log());
                feeds.set(number, feed(revision));
            }
        }
    }

    private void readAll(Random random) {
        Deque<Held> held = new ArrayDeque<>();
        var cursors = new long[FEEDS];
        while (!isOver.get()) {
            int number = random.nextInt(FEEDS);
            Feed feed = feeds.get(number);
            switch (feed.read(cursors[number], random.nextInt(5_000))) {
                case Run.Frames frames -> {
                    held.add(new Held(number, frames));
                    cursors[number] = frames.through();
                    pieces.incrementAndGet();
                }
                case Run.Behind ignored -> cursors[number] = feed.log().from();
                case Run.Crossing ignored -> throw new AssertionError("there is no stream");
                case Run.Drained ignored -> Thread.onSpinWait();
            }
            if (held.size() > random.nextInt(HELD_MAX)) {
                verify(held.remove());
            }
        }
        held.forEach(this::verify);
    }

    private void verify(Held held) {
        Segment segment = held.frames.segment();
        for (int i = held.frames.first(); i <= held.frames.last(); i++) {
            ByteBuffer bytes = segment.slice(segment.start(i), segment.end(i));
            byte mark = mark(held.feed, segment.revision(i));
            while (bytes.hasRemaining()) {
                check(bytes.get() == mark, "a frame was overwritten while it was read");
            }
        }
        held.frames.release();
    }

    private static byte mark(int feed, long revision) {
        return (byte) (revision * FEEDS + feed);
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + ", with the seed " + seed);
        }
    }
}
