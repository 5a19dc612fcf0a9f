package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
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
        rig.hub.addWaiter(TASKS.selection(), tasks::incrementAndGet);
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
        rig.loop.watch(NOTES, rig.framing, new Start.Now(), new Line(broken)).begin();
        HubRig.take(watcher, client);
        rig.put("notes", "1");
        rig.settle(watcher, client);
        assertThat(broken.failures).isPositive();
        assertThat(client.heard()).contains("created 1 behind 0");
    }

    /** For a sink of Netty, memory that is full is an error and no exception. */
    @Test
    void a_watcher_that_no_memory_is_left_for_ends_alone_and_the_others_are_told_on() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        var unlucky = new FullSink();
        rig.loop.watch(NOTES, rig.framing, new Start.Now(), new Line(unlucky)).begin();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.put("notes", "1");
        rig.settle(watcher, client);
        rig.put("notes", "2");
        rig.settle(watcher, client);
        assertThat(unlucky.hasFailed).isTrue();
        assertThat(client.heard())
                .containsExactly("synced 0", "created 1 behind 0", "created 2 behind 1");
    }

    @Test
    void silence_that_can_not_be_told_to_some_is_told_to_the_others() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var failures = new AtomicInteger();
        List<HubRig.Client> clients = List.of(rig.sockets.open(0), rig.sockets.open(1));
        rig.watch(TASKS, new Start.Now(), clients.getFirst());
        rig.framing = event -> failing(failures, event);
        rig.watch(NOTES, new Start.Now(), clients.getLast());
        clients.forEach(HubRig.Client::heard);
        failures.set(1);
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(clients.getFirst().heard()).containsExactly("synced 0");
        assertThat(clients.getLast().heard()).isEmpty();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(clients.getLast().heard()).containsExactly("synced 0");
    }

    @Test
    void a_window_is_cut_to_its_limit() {
        var rig = new HubRig(limits(4_000, 1 << 20));
        Feed feed = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        put(rig, "notes", 200);
        assertThat(feed.log().from()).isPositive();
        assertThat(rig.hub.windowBytes()).isEqualTo(feed.log().bytes());
    }

    @Test
    void when_all_windows_are_too_great_together_the_oldest_frames_go_whosoever_they_are() {
        var rig = new HubRig(limits(1 << 20, 40_000));
        Feed notes = rig.hub.subscribe(NOTES, Lines.FRAMING, nobody);
        Feed tasks = rig.hub.subscribe(TASKS, Lines.FRAMING, nobody);
        put(rig, "notes", 60);
        put(rig, "tasks", 200);
        assertThat(rig.hub.windowBytes()).isLessThanOrEqualTo(40_000);
        assertThat(notes.log().bytes()).isZero();
        assertThat(notes.log().from()).isEqualTo(60);
        assertThat(tasks.log().bytes()).isPositive();
    }

    @Test
    void silence_is_told_and_takes_no_memory() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.put("tasks", "1");
        rig.settle(watcher, client);
        client.heard();
        for (int i = 0; i < 1_000; i++) {
            rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
            rig.sweep();
            HubRig.take(watcher, client);
            assertThat(client.heard()).containsExactly("synced 1");
        }
        assertThat(rig.hub.windowBytes()).isZero();
    }

    @Test
    void silence_is_told_when_it_has_lasted_and_when_the_clock_was_set_back() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = rig.sockets.open(1);
        rig.nowMillis = 100_000;
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        client.heard();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis() - 1;
        rig.sweep();
        assertThat(client.heard()).isEmpty();
        rig.nowMillis++;
        rig.sweep();
        assertThat(client.heard()).containsExactly("synced 0");
        rig.nowMillis = 50_000;
        rig.sweep();
        assertThat(client.heard()).containsExactly("synced 0");
    }

    @Test
    void nobody_is_told_synced_while_frames_wait_for_it() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = rig.sockets.open(1);
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.settle(watcher, client);
        client.heard();
        rig.put("notes", "1");
        rig.hub.advance();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(client.heard()).isEmpty();
        rig.settle(watcher, client);
        assertThat(client.heard()).containsExactly("created 1 behind 0");
    }

    @Test
    void a_window_waits_for_watchers_that_come_back_soon() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        Watcher first = rig.watch(NOTES, new Start.Now(), new HubRig.Client());
        rig.put("notes", "1");
        rig.hub.advance();
        first.close();
        assertThat(rig.hub.feedCount()).isZero();
        rig.put("notes", "2");
        rig.hub.advance();
        rig.hub.forgetUnused();
        var client = rig.sockets.open(1);
        rig.watch(NOTES, HubRig.since("e1", 1), client).close();
        assertThat(rig.readings).isEmpty();
        assertThat(client.heard()).containsExactly("created 2 behind 1", "synced 2");
        rig.nowMillis += Hub.Limits.DEFAULT.unusedMillis();
        rig.hub.forgetUnused();
        assertThat(rig.hub.windowBytes()).isZero();
    }

    private static Hub.Limits limits(long feedBytesMax, long totalBytesMax) {
        return new Hub.Limits(feedBytesMax, totalBytesMax, 14_000, 30_000);
    }

    /** The one feed has the change, the other fails, and its watcher is told all the same. */
    @Test
    void a_feed_that_fails_costs_nobody_anything_and_its_watchers_go_by_the_log() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        var other = new HubRig.Client();
        var failures = new AtomicInteger();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        rig.framing = event -> failing(failures, event);
        Watcher unlucky = rig.watch(NOTES, new Start.Now(), other);
        failures.set(1);
        rig.put("notes", "1");
        rig.hub.advance();
        rig.put("notes", "2");
        rig.settle(watcher, client);
        rig.settle(unlucky, other);
        assertThat(client.heard())
                .containsExactly("synced 0", "created 1 behind 0", "created 2 behind 1");
        assertThat(other.heard())
                .containsExactly(
                        "synced 0", "created 1 behind 0", "created 2 behind 1", "synced 2");
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
        rig.settle(watcher, client);
        assertThat(client.heard())
                .containsExactly(
                        "synced 0",
                        "created 1 behind 0",
                        "created 2 behind 1",
                        "created 3 behind 2",
                        "synced 3");
        assertThat(other.log().from()).isEqualTo(3);
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
        return Lines.FRAMING.frame(event);
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
    void a_hub_that_is_behind_what_is_cut_resets_those_who_watch_it_and_nobody_else() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var client = new HubRig.Client();
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        var elsewhere = new HubRig.Client();
        Watch tasks = new Watch(new Target.InCollection("tasks"), DataMode.FULL);
        Watcher other = rig.watch(tasks, new Start.Now(), elsewhere);
        rig.settle(watcher, client);
        rig.settle(other, elsewhere);
        rig.put("notes", "n");
        rig.put("tasks", "t");
        while (rig.stored.head() < 100) {
            rig.put("more", "m");
        }
        rig.stored.cut(1);
        rig.settle(watcher, client);
        rig.settle(other, elsewhere);
        assertThat(client.heard())
                .containsExactly("synced 0", "reset 0", "created 1 behind 0", "synced 100");
        assertThat(elsewhere.heard())
                .containsExactly("synced 0", "created 2 behind 0", "synced 100");
    }

    @Test
    void who_waits_is_woken_by_the_next_change_and_not_after_it_went() {
        var rig = new HubRig(Hub.Limits.DEFAULT);
        var woken = new AtomicInteger();
        Runnable waiter = woken::incrementAndGet;
        rig.hub.addWaiter(NOTES.selection(), waiter);
        rig.put("notes", "1");
        rig.hub.advance();
        rig.hub.removeWaiter(NOTES.selection(), waiter);
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

    /** Has no memory for what it is given. */
    private static final class FullSink implements Sink {
        private boolean hasFailed;

        @Override
        public void write(ByteBuffer frames, int count) {
            throw new OutOfMemoryError("planned");
        }

        @Override
        public void fail(RuntimeException cause) {
            hasFailed = true;
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
