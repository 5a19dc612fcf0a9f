package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread appends, drops the oldest and now and then skips, as the hub does; others read. Two of
 * three revisions have a frame, which holds its revision.
 */
@Timeout(60)
class FeedRaceTest {
    private static final int READERS = 3;
    private static final FrameMemory MEMORY = new FrameMemory(1 << 20);
    private static final Watch ALL = new Watch(new Target.Everything(), DataMode.NONE);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void a_reader_gets_every_frame_once_and_in_order_or_is_told_that_it_fell_behind()
            throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            assertThat(new Race(400_000, 120, 20_000, 20_000).run(threads)).isPositive();
        }
    }

    /** New windows have small segments, so these move with every few frames. */
    @Test
    void a_reader_is_not_misled_while_the_window_moves() throws Exception {
        long seen = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int round = 0; round < 6_000; round++) {
                seen += new Race(60, 700, 6_000, 10).run(threads);
            }
        }
        assertThat(seen).isPositive();
    }

    /** It looks for its place while the segment that it has just read is filled and the next begins. */
    @Test
    void a_reader_at_the_head_is_not_misled_by_a_new_segment() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int round = 0; round < 150; round++) {
                var race = new Race(40, 400, 1 << 20, Integer.MAX_VALUE);
                race.isPaced = true;
                assertThat(race.run(threads)).isPositive();
            }
        }
    }

    /** One feed, from its beginning to its last revision. */
    private final class Race {
        private final long count;
        private final int paddingMax;
        private final int windowBytes;
        private final int skipOdds;
        private final AtomicLong through = new AtomicLong();

        /** How far the reader has come that reads single frames. */
        private final AtomicLong reached = new AtomicLong();

        /** Whether that reader is alone and waited for, now and then, so that it is at the head. */
        private boolean isPaced;

        private final Feed feed = new Feed(
                ALL,
                Lines.FRAMING,
                new EventEncoder("e1", ALL),
                MEMORY,
                through.get(),
                through::get);

        Race(long count, int paddingMax, int windowBytes, int skipOdds) {
            this.count = count;
            this.paddingMax = paddingMax;
            this.windowBytes = windowBytes;
            this.skipOdds = skipOdds;
        }

        /** Returns how many frames were seen. */
        long run(ExecutorService threads) throws Exception {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < (isPaced ? 1 : READERS); i++) {
                int bytesMax = 1 << (6 * i);
                readers.add(threads.submit(() -> run(bytesMax)));
            }
            append();
            long seen = 0;
            for (Future<Long> reader : readers) {
                seen += reader.get();
            }
            return seen;
        }

        /** Nobody waits for a reader that has ended. */
        private long run(int bytesMax) {
            try {
                return chase(bytesMax);
            } finally {
                reached.set(Long.MAX_VALUE);
            }
        }

        private void append() {
            FrameLog log = feed.log();
            for (long revision = 1; revision <= count; revision++) {
                while (isPaced && revision % 5 == 0 && reached.get() < revision - 1) {
                    Thread.onSpinWait();
                }
                if (random.nextInt(skipOdds) == 0) {
                    while (log.dropOldest() != null) {}
                    log.skipTo(revision);
                } else if (hasFrame(revision)) {
                    log.append(frame(revision, random.nextInt(paddingMax)), revision);
                }
                while (log.bytes() > windowBytes && hasSecond(log)) {
                    log.dropOldest();
                }
                through.set(revision);
            }
        }

        /** Reads to the end, and sees that no frame was left out, came twice, or was overwritten. */
        private long chase(int bytesMax) {
            long seen = 0;
            long cursor = 0;
            while (cursor < count) {
                long before = through.get();
                if (bytesMax == 1) {
                    reached.accumulateAndGet(cursor, Math::max);
                }
                switch (feed.read(cursor, bytesMax)) {
                    case Run.Frames frames -> {
                        seen += follow(frames, cursor);
                        cursor = frames.through();
                        frames.release();
                    }
                    case Run.Drained ignored -> {
                        check(next(cursor) > before, "lost, behind " + cursor);
                        cursor = Math.max(cursor, before);
                    }
                    case Run.Behind ignored -> cursor = Math.max(feed.log().from(), cursor);
                    case Run.Crossing ignored -> throw new AssertionError("there is no stream");
                }
            }
            return seen;
        }

        private long follow(Run.Frames frames, long seenThrough) {
            ByteBuffer bytes = frames.bytes();
            long last = seenThrough;
            int heard = 0;
            while (bytes.hasRemaining()) {
                int start = bytes.position();
                int length = bytes.getInt();
                long revision = bytes.getLong();
                check(revision == next(last), revision + " came behind " + last);
                bytes.position(start + length);
                last = revision;
                heard++;
            }
            check(heard == frames.count() && last == frames.through(), "wrongly counted");
            return heard;
        }
    }

    private static boolean hasSecond(FrameLog log) {
        Segment oldest = log.oldest();
        return oldest != null && oldest.next() != null;
    }

    private static boolean hasFrame(long revision) {
        return revision % 3 != 0;
    }

    private static byte[] frame(long revision, int padding) {
        int length = Integer.BYTES + Long.BYTES + padding;
        return ByteBuffer.allocate(length).putInt(length).putLong(revision).array();
    }

    private static long next(long revision) {
        return hasFrame(revision + 1) ? revision + 1 : revision + 2;
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + ", with the seed " + seed);
        }
    }
}
