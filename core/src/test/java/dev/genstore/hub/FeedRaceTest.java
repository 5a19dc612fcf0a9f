package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread appends, drops the oldest and now and then skips, as the hub does; others read. Two of
 * three revisions have a frame, which holds its revision; frames have all sizes.
 */
@Timeout(60)
class FeedRaceTest {
    private static final long COUNT = 400_000;
    private static final int READERS = 3;
    private static final int WINDOW_BYTES = 20_000;
    private static final Watch ALL = new Watch(new Target.Everything(), DataMode.NONE);

    private final long seed = new Random().nextLong();
    private final AtomicLong through = new AtomicLong();
    private final Feed feed = new Feed(
            ALL,
            Lines.FRAMING,
            new EventEncoder("e1", ALL),
            through::get,
            InstantSource.fixed(Instant.EPOCH));

    @Test
    void a_reader_gets_every_frame_once_and_in_order_or_is_told_that_it_fell_behind()
            throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int bytesMax = 1 << (6 * i);
                readers.add(threads.submit(() -> chase(bytesMax)));
            }
            append(new Random(seed));
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).as("with the seed %d", seed).isPositive();
            }
        }
    }

    private void append(Random random) {
        FrameLog log = feed.log();
        for (long revision = 1; revision <= COUNT; revision++) {
            if (random.nextInt(20_000) == 0) {
                log.skipTo(revision);
            } else if (hasFrame(revision)) {
                log.append(frame(revision, random.nextInt(120)), FrameLog.order(revision, false));
            }
            while (log.bytes() > WINDOW_BYTES && log.dropOldest()) {}
            through.set(revision);
        }
    }

    private static boolean hasFrame(long revision) {
        return revision % 3 != 0;
    }

    private static byte[] frame(long revision, int padding) {
        int length = Long.BYTES + Integer.BYTES + padding;
        return ByteBuffer.allocate(length).putInt(length).putLong(revision).array();
    }

    /** Returns how many frames it has seen, none of which was left out or came twice. */
    private long chase(int bytesMax) {
        var cursor = new Cursor(0);
        long seen = 0;
        long seenThrough = 0;
        while (cursor.revision < COUNT) {
            long before = through.get();
            switch (feed.read(cursor, bytesMax)) {
                case Run.Frames frames -> {
                    seen += follow(frames, seenThrough);
                    seenThrough = cursor.revision;
                }
                case Run.Drained ignored -> {
                    check(next(seenThrough) > cursor.revision, "lost, up to " + cursor.revision);
                    check(cursor.revision >= before, "not drained through " + before);
                    seenThrough = cursor.revision;
                }
                case Run.Behind ignored -> {
                    check(feed.log().from() > seenThrough, "not behind at " + seenThrough);
                    cursor.revision = Math.max(feed.log().from(), seenThrough);
                    seenThrough = cursor.revision;
                }
            }
        }
        return seen;
    }

    private long follow(Run.Frames frames, long seenThrough) {
        ByteBuffer bytes = frames.bytes();
        long last = seenThrough;
        int count = 0;
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int length = bytes.getInt();
            long revision = bytes.getLong();
            check(revision == next(last), revision + " came behind " + last);
            bytes.position(start + length);
            last = revision;
            count++;
        }
        check(count == frames.count() && last == frames.told(), "wrongly counted");
        return count;
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
