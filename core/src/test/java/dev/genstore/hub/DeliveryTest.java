package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Watchers that are told by the sender, past their sinks. */
class DeliveryTest {
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.FULL);

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);

    @Test
    void all_watchers_of_a_feed_are_told_with_few_calls_of_the_sender() {
        List<HubRig.Client> clients = join(1_000);
        int before = rig.sockets.calls();
        rig.put("notes", "1");
        tell();
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.heard()).containsExactly("created 1 behind 0");
            assertThat(client.isBusy).isFalse();
        });
        assertThat(rig.sockets.calls() - before).isEqualTo(4);
    }

    @Test
    void what_is_appended_before_the_walk_is_told_with_one_send() {
        HubRig.Client client = join(1).getFirst();
        int before = rig.sockets.calls();
        rig.put("notes", "1");
        rig.hub.advance();
        rig.put("notes", "2");
        tell();
        assertThat(client.heard()).containsExactly("created 1 behind 0", "created 2 behind 1");
        assertThat(rig.sockets.calls() - before).isEqualTo(1);
    }

    @Test
    void a_long_walk_gives_way_and_is_ended() {
        List<HubRig.Client> clients = join(5_000);
        rig.put("notes", "1");
        rig.hub.advance();
        int tasks = 0;
        while (HubRig.runAll(rig.tasks)) {
            tasks++;
        }
        assertThat(tasks).isEqualTo(3);
        assertThat(clients)
                .allSatisfy(
                        client -> assertThat(client.heard()).containsExactly("created 1 behind 0"));
    }

    @Test
    void what_is_appended_during_a_walk_is_told_by_the_next_one() {
        List<HubRig.Client> clients = join(3_000);
        rig.put("notes", "1");
        rig.hub.advance();
        runOne();
        rig.put("notes", "2");
        tell();
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.heard())
                        .containsExactly("created 1 behind 0", "created 2 behind 1"));
    }

    @Test
    void what_a_socket_does_not_take_waits_for_it_and_nothing_comes_twice() {
        HubRig.Client client = rig.sockets.open(1);
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        client.heard();
        client.room = 10;
        rig.put("notes", "1");
        tell();
        rig.put("notes", "2");
        tell();
        assertThat(client.isBusy).isTrue();
        assertThat(client.heard()).containsExactly("created 1 behind 0");
        client.room = Integer.MAX_VALUE;
        HubRig.take(watcher, client);
        assertThat(client.heard()).containsExactly("created 2 behind 1");
        assertThat(client.isBusy).isFalse();
        rig.put("notes", "3");
        tell();
        assertThat(client.heard()).containsExactly("created 3 behind 2");
    }

    /** Each takes a piece, and has the next one wait, while the one before it is still at it. */
    @Test
    void thousands_of_sinks_that_take_everything_at_once_are_served_one_behind_the_other() {
        rig.framing = event -> new byte[12 << 10];
        var sinks = new ArrayList<EagerSink>();
        for (int i = 0; i < 5_000; i++) {
            var sink = new EagerSink();
            sinks.add(sink);
            sink.begin(rig.loop.watch(NOTES, rig.framing, new Start.Now(), new Line(sink)));
        }
        for (int i = 0; i < 4; i++) {
            rig.put("notes", "1");
        }
        tell();
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.events).isEqualTo(5));
    }

    @Test
    void whatever_sockets_take_nobody_is_delayed_by_another() {
        List<HubRig.Client> clients = join(300);
        for (int i = 0; i < clients.size(); i += 3) {
            clients.get(i).room = i;
        }
        rig.put("notes", "1");
        tell();
        assertThat(clients)
                .allSatisfy(
                        client -> assertThat(client.heard()).containsExactly("created 1 behind 0"));
    }

    @Test
    void a_watcher_that_pauses_is_told_when_it_goes_on() {
        HubRig.Client client = rig.sockets.open(1);
        Watcher watcher = rig.watch(NOTES, new Start.Now(), client);
        client.heard();
        watcher.line().pause();
        watcher.line().pause();
        rig.put("notes", "1");
        tell();
        watcher.line().resume();
        assertThat(client.heard()).isEmpty();
        watcher.line().resume();
        assertThat(client.heard()).containsExactly("created 1 behind 0");
        rig.put("notes", "2");
        tell();
        assertThat(client.heard()).containsExactly("created 2 behind 1");
    }

    @Test
    void who_leaves_is_sent_nothing_more_and_the_others_everything() {
        var watchers = new ArrayList<Watcher>();
        var clients = new ArrayList<HubRig.Client>();
        for (int descriptor = 0; descriptor < 50; descriptor++) {
            HubRig.Client client = rig.sockets.open(descriptor);
            clients.add(client);
            watchers.add(rig.watch(NOTES, new Start.Now(), client));
            client.heard();
        }
        for (int i = 0; i < 50; i += 2) {
            watchers.get(i).close();
        }
        rig.put("notes", "1");
        tell();
        for (int i = 0; i < 50; i++) {
            assertThat(clients.get(i).heard()).hasSize(i % 2);
        }
    }

    @Test
    void a_watcher_that_the_window_has_passed_reads_the_log_and_comes_back() {
        var small = new HubRig(new Hub.Limits(2_000, 1 << 20, 14_000, 30_000));
        HubRig.Client client = small.sockets.open(1);
        Watcher watcher = small.watch(NOTES, new Start.Now(), client);
        client.heard();
        for (int i = 1; i <= 30; i++) {
            small.put("notes", "n" + i);
            small.hub.advance();
        }
        HubRig.runAll(small.tasks);
        assertThat(small.readings).hasSize(1);
        small.settle(watcher, client);
        assertThat(client.heard()).hasSize(31).contains("created 30 behind 29", "synced 30");
        small.put("notes", "last");
        small.hub.advance();
        HubRig.runAll(small.tasks);
        assertThat(client.heard()).containsExactly("created 31 behind 30");
        assertThat(small.delivered).isEqualTo(33);
    }

    @Test
    void a_sender_that_breaks_ends_those_whose_bytes_are_unknown() {
        List<HubRig.Client> clients = join(3);
        rig.sockets.isBroken = true;
        rig.put("notes", "1");
        tell();
        assertThat(clients).allSatisfy(client -> assertThat(client.hasFailed).isTrue());
    }

    /** Nothing that is alive stays when everybody has gone. */
    @Test
    void the_memory_of_a_window_is_free_again_when_nobody_reads_it() {
        List<HubRig.Client> clients = join(10);
        clients.getFirst().room = 5;
        rig.put("notes", "1");
        tell();
        rig.nowMillis += Hub.Limits.DEFAULT.silenceMillis();
        rig.sweep();
        assertThat(rig.hub.windowBytes()).isEqualTo(1 << 10);
        assertThat(rig.hub.spareBytes()).isEqualTo(1 << 10);
    }

    /** Says that it has taken what it is given before it returns. */
    private static final class EagerSink implements Sink {
        private @Nullable Watcher watcher;
        private int events;

        void begin(Watcher made) {
            watcher = made;
            made.begin();
        }

        @Override
        public void write(ByteBuffer frames, int count) {
            events += count;
            Objects.requireNonNull(watcher).line().written();
        }

        @Override
        public void fail(RuntimeException cause) {
            throw cause;
        }
    }

    private List<HubRig.Client> join(int count) {
        var clients = new ArrayList<HubRig.Client>();
        for (int descriptor = 0; descriptor < count; descriptor++) {
            HubRig.Client client = rig.sockets.open(descriptor);
            rig.watch(NOTES, new Start.Now(), client);
            client.heard();
            clients.add(client);
        }
        return clients;
    }

    private void runOne() {
        rig.tasks.removeFirst().run();
    }

    private void tell() {
        rig.hub.advance();
        while (HubRig.runAll(rig.tasks)) {}
    }
}
