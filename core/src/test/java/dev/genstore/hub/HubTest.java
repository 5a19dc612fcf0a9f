package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

class HubTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);
    private static final Watch TASKS = new Watch(new Target.InCollection("tasks"), DataMode.FULL);

    private final Runnable nobody = new AtomicInteger()::incrementAndGet;

    @Test
    void watchers_of_one_watch_in_one_form_share_a_feed_until_the_last_goes() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        Runnable other = new AtomicInteger()::incrementAndGet;
        Feed feed = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        assertThat(rig.hub.subscribe(NOTES, Lines.FRAMING, other)).isSameAs(feed);
        assertThat(rig.hub.subscribe(TASKS, Lines.FRAMING, nobody)).isNotSameAs(feed);
        assertThat(rig.hub.subscribe(NOTES, event -> new byte[1], nobody)).isNotSameAs(feed);
        assertThat(rig.hub.feedCount()).isEqualTo(3);
        rig.hub.unsubscribe(feed, nobody);
        assertThat(rig.hub.feedCount()).isEqualTo(3);
        rig.hub.unsubscribe(feed, other);
        assertThat(rig.hub.feedCount()).isEqualTo(2);
    }

    @Test
    void a_change_wakes_those_who_watch_it_and_nobody_else() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var notes = new AtomicInteger();
        var tasks = new AtomicInteger();
        rig.hub.subscribe(NOTES, Lines.FRAMING, notes::incrementAndGet);
        rig.hub.addWaiter(TASKS.target(), tasks::incrementAndGet);
        rig.put("notes", "1");
        rig.put("notes", "2");
        assertThat(rig.hub.advance()).isTrue();
        assertThat(rig.hub.advance()).isFalse();
        assertThat(rig.hub.through()).isEqualTo(2);
        assertThat(notes).hasValue(1);
        assertThat(tasks).hasValue(0);
        rig.put("tasks", "1");
        rig.hub.advance();
        assertThat(tasks).hasValue(1);
    }

    @Test
    void a_watcher_whose_sink_breaks_ends_alone() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        var broken = new BreakingSink();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.loop.watch(NOTES, rig.framing, new Start.Now(), broken).begin();
        HubRig.take(watcher, client);
        rig.put("notes", "1");
        rig.settle(watcher, client);
        assertThat(broken.failures).isPositive();
        assertThat(client.heard()).contains("created 1 behind 0");
    }

    @Test
    void a_window_is_cut_to_its_limit() {
        var rig = new HubRig(new Hub.Limits(4_000, 1 << 20, 14_000));
        Feed feed = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        put(rig, "notes", 200);
        assertThat(feed.log().from()).isPositive();
        assertThat(feed.log().locate(new Cursor(feed.log().from()))).isTrue();
    }

    @Test
    void the_windows_that_grow_are_cut_when_all_together_are_too_great() {
        var rig = new HubRig(new Hub.Limits(1 << 20, 40_000, 14_000));
        Feed notes = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        Feed tasks = rig.hub.subscribe(TASKS, Lines.FRAMING, nobody);
        put(rig, "notes", 60);
        long quiet = notes.log().bytes();
        put(rig, "tasks", 200);
        assertThat(notes.log().bytes()).isEqualTo(quiet);
        assertThat(tasks.log().from()).isGreaterThan(60);
    }

    @Test
    void silence_takes_no_more_memory_than_a_window() {
        var rig = new HubRig(new Hub.Limits(4_000, 1 << 20, 14_000));
        Feed feed = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        long greatest = 0;
        for (int i = 0; i < 20_000; i++) {
            rig.nowMillis += 14_000;
            rig.hub.heartbeat();
            greatest = Math.max(greatest, feed.log().bytes());
        }
        assertThat(greatest).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void silence_wakes_those_to_whom_it_is_told() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var woken = new AtomicInteger();
        rig.hub.subscribe(NOTES, Lines.FRAMING, woken::incrementAndGet);
        rig.nowMillis = 13_999;
        rig.hub.heartbeat();
        assertThat(woken).hasValue(0);
        rig.nowMillis = 14_000;
        rig.hub.heartbeat();
        assertThat(woken).hasValue(1);
    }

    /** The one feed has the change, the other fails, and when the hub begins anew both have it once. */
    @Test
    void a_hub_that_failed_goes_on_where_it_was_and_tells_nothing_twice() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        var failures = new AtomicInteger(1);
        rig.hub.subscribe(NOTES, event -> failing(failures, event), nobody);
        rig.put("notes", "1");
        rig.put("notes", "2");
        assertThatIllegalStateException().isThrownBy(rig.hub::advance);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly("synced 0", "created 1 behind 0", "created 2 behind 1");
    }

    /** It fails when one of two feeds has the change, and so often that waiting would not help. */
    @Test
    void a_hub_whose_memory_is_full_gives_the_windows_up_and_tells_from_the_log() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        put(rig, "notes", 2);
        Feed first = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        Feed other = rig.hub.subscribe(NOTES, event -> full(first, event), nobody);
        rig.put("notes", "3");
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(rig.hub::advance);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly(
                        "synced 0",
                        "created 1 behind 0",
                        "created 2 behind 1",
                        "created 3 behind 2",
                        "synced 3");
        assertThat(other.log().from()).isEqualTo(2);
        assertThat(rig.hub.through()).isEqualTo(3);
    }

    /** As long as the first window is there, nothing else fits. */
    private static byte[] full(Feed first, Event event) {
        if (first.log().bytes() > 0) {
            throw new OutOfMemoryError("planned");
        }
        return event.json();
    }

    private static byte[] failing(AtomicInteger failures, Event event) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("planned");
        }
        return event.json();
    }

    @Test
    void a_hub_that_retention_has_overtaken_goes_on_at_the_head_and_its_watchers_are_reset() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        put(rig, "notes", 0);
        while (rig.stored.head() < 100) {
            rig.put("notes", "n" + rig.stored.head() % 2);
        }
        rig.stored.trim(98);
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly(
                        "synced 0",
                        "reset 0",
                        "created 99 behind 0",
                        "created 100 behind 99",
                        "synced 100");
    }

    @Test
    void who_waits_is_woken_by_the_next_change_and_not_after_it_went() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var woken = new AtomicInteger();
        Runnable waiter = woken::incrementAndGet;
        rig.hub.addWaiter(NOTES.target(), waiter);
        rig.put("notes", "1");
        rig.hub.advance();
        rig.hub.removeWaiter(NOTES.target(), waiter);
        rig.put("notes", "2");
        rig.hub.advance();
        assertThat(woken).hasValue(1);
    }

    private static void put(HubRig rig, String collection, int count) {
        for (int i = 0; i < count; i++) {
            rig.put(collection, "n" + i);
            rig.hub.advance();
        }
    }

    /** Takes nothing that it is given. */
    private static final class BreakingSink implements Sink {
        private int failures;

        @Override
        public void write(ByteBuffer frames, int count) {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public void fail(RuntimeException cause) {
            failures++;
        }
    }
}
