package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

class WindowsTest {
    private static final long SPARE_BYTES_MAX = 64 << 10;
    private static final long FEED_BYTES_MAX = 20_000;
    private static final long TOTAL_BYTES_MAX = 100_000;
    private static final int FEEDS = 12;
    private static final Watch ALL = new Watch(new Target.Everything(), DataMode.NONE);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final FrameMemory memory = new FrameMemory(SPARE_BYTES_MAX);
    private long revision;

    /** What it should do, done plainly. */
    private static final class Model {
        private final List<Made> all = new ArrayList<>();

        private record Made(Feed feed, long bytes) {}

        void grew(Feed feed, long bytes) {
            all.add(new Made(feed, bytes));
            while (bytes(feed) > FEED_BYTES_MAX && count(feed) > 1) {
                all.remove(oldest(feed));
            }
            while (bytes() > TOTAL_BYTES_MAX && all.size() > 1) {
                all.removeFirst();
            }
        }

        void clear(Feed feed) {
            all.removeIf(made -> made.feed == feed);
        }

        private Made oldest(Feed feed) {
            return all.stream().filter(made -> made.feed == feed).findFirst().orElseThrow();
        }

        private long count(Feed feed) {
            return all.stream().filter(made -> made.feed == feed).count();
        }

        long bytes() {
            return all.stream().mapToLong(Made::bytes).sum();
        }

        long bytes(Feed feed) {
            return all.stream()
                    .filter(made -> made.feed == feed)
                    .mapToLong(Made::bytes)
                    .sum();
        }
    }

    @Test
    void what_was_made_first_goes_first_and_every_byte_is_counted_whatever_happens() {
        var windows = new Windows(FEED_BYTES_MAX, TOTAL_BYTES_MAX);
        var model = new Model();
        List<Feed> feeds = feeds();
        for (int step = 0; step < 4_000; step++) {
            Feed feed = feeds.get((int) (FEEDS * Math.pow(random.nextDouble(), 2)));
            if (random.nextInt(100) == 0) {
                windows.clear(feed.log());
                feed.log().skipTo(revision);
                model.clear(feed);
            } else {
                append(windows, model, feed);
            }
            assertThat(windows.bytes()).as("seed %s", seed).isEqualTo(model.bytes());
            assertThat(feed.log().bytes()).as("seed %s", seed).isEqualTo(model.bytes(feed));
            assertThat(memory.spareBytes()).as("seed %s", seed).isBetween(0L, SPARE_BYTES_MAX);
        }
        assertThat(feeds)
                .allSatisfy(feed -> assertThat(feed.log().bytes())
                        .as("seed %s", seed)
                        .isEqualTo(model.bytes(feed))
                        .isEqualTo(memoryOf(feed)));
    }

    private void append(Windows windows, Model model, Feed feed) {
        revision += 1 + random.nextInt(3);
        int bytes = random.nextInt(50) == 0 ? random.nextInt(150_000) : random.nextInt(900);
        Segment made = feed.log().append(new byte[bytes], revision);
        if (made != null) {
            windows.grew(feed.log(), made);
            model.grew(feed, made.capacityBytes());
        }
    }

    private List<Feed> feeds() {
        var feeds = new ArrayList<Feed>();
        for (int i = 0; i < FEEDS; i++) {
            feeds.add(
                    new Feed(ALL, Lines.FRAMING, new EventEncoder("e1", ALL), memory, 0, () -> 0));
        }
        return feeds;
    }

    private static long memoryOf(Feed feed) {
        long bytes = 0;
        for (Segment next = feed.log().oldest(); next != null; next = next.next()) {
            bytes += next.capacityBytes();
        }
        return bytes;
    }

    @Test
    void the_windows_of_a_hub_take_what_its_feeds_take_whoever_comes_and_goes() {
        var rig = new HubRig(new Hub.Limits(6_000, 60_000, 14_000, 100));
        var feeds = new ArrayList<Feed>();
        var subscribed = new ArrayList<Feed>();
        Runnable listener = new AtomicInteger()::incrementAndGet;
        for (int step = 0; step < 4_000; step++) {
            switch (random.nextInt(10)) {
                case 0 -> subscribe(rig, feeds, subscribed, listener);
                case 1 -> unsubscribe(rig, subscribed, listener);
                case 2 -> forget(rig);
                default -> put(rig);
            }
            long taken = feeds.stream().mapToLong(feed -> feed.log().bytes()).sum();
            assertThat(rig.hub.windowBytes())
                    .as("seed %s", seed)
                    .isEqualTo(taken)
                    .isLessThanOrEqualTo(60_000);
            assertThat(rig.hub.feedCount()).as("seed %s", seed).isEqualTo(subscribed.size());
        }
    }

    private void subscribe(HubRig rig, List<Feed> feeds, List<Feed> subscribed, Runnable listener) {
        var target = new Target.Single("notes", "n" + random.nextInt(40));
        Feed feed = rig.hub.subscribe(new Watch(target, DataMode.FULL), Lines.FRAMING, listener);
        if (subscribed.contains(feed)) {
            rig.hub.unsubscribe(feed, listener);
            return;
        }
        subscribed.add(feed);
        if (!feeds.contains(feed)) {
            feeds.add(feed);
        }
    }

    private void unsubscribe(HubRig rig, List<Feed> subscribed, Runnable listener) {
        if (!subscribed.isEmpty()) {
            Feed feed = subscribed.remove(random.nextInt(subscribed.size()));
            rig.hub.unsubscribe(feed, listener);
        }
    }

    private void forget(HubRig rig) {
        rig.nowMillis += random.nextInt(100);
        rig.hub.forgetUnused();
    }

    private void put(HubRig rig) {
        rig.put("notes", "n" + random.nextInt(40));
        rig.hub.advance();
    }

    /** Else what lay beyond the spare memory would never go, and nobody would count it. */
    @Test
    void a_segment_that_was_dropped_is_held_by_nobody() throws InterruptedException {
        var windows = new Windows(FEED_BYTES_MAX, TOTAL_BYTES_MAX);
        Feed feed = feeds().getFirst();
        windows.grew(feed.log(), Objects.requireNonNull(feed.log().append(new byte[10], 1)));
        var held = new ReferenceQueue<Segment>();
        var segment = new WeakReference<>(Objects.requireNonNull(feed.log().oldest()), held);
        windows.clear(feed.log());
        System.gc();
        assertThat(held.remove(20_000)).isSameAs(segment);
        assertThat(windows.bytes()).isZero();
    }
}
