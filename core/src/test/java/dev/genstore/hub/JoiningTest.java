package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ten thousand watchers that all go at once, as when the network fails, and come back at once. */
class JoiningTest {
    private static final int WATCHERS = 10_000;
    private static final Watch NOTES = new Watch(new Target.InCollection("notes"), DataMode.NONE);

    private final HubRig rig = new HubRig(Hub.Limits.DEFAULT);
    private final List<HubRig.Client> clients = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    @Test
    void who_comes_back_while_its_position_is_in_the_window_costs_no_reading() {
        joinAll(rig.stored.head());
        goAll();
        put(100); // more than the log has in memory
        put(2);
        int reads = rig.stored.reads();
        joinAll(100);
        assertThat(rig.readings).isEmpty();
        assertThat(rig.stored.reads()).isEqualTo(reads);
        assertAllHeard("created 101 behind 100", "created 102 behind 101", "synced 102");
        assertAllAreLive(reads);
    }

    /** They were away for so long that nobody remembers the watch. */
    @Test
    void who_comes_back_when_there_is_no_window_any_more_is_told_from_the_memory_of_the_log() {
        joinAll(0);
        goAll();
        forget();
        put(40);
        int reads = rig.stored.reads();
        joinAll(38);
        assertThat(rig.readings).hasSize(1);
        settle();
        assertThat(rig.stored.reads()).isEqualTo(reads);
        assertAllHeard("created 39 behind 38", "created 40 behind 39", "synced 40");
        assertAllAreLive(reads);
    }

    @Test
    void the_storage_is_read_once_for_all_who_come_back_with_the_same_position() {
        put(1_000);
        int before = rig.stored.reads();
        join(900);
        settle();
        int once = rig.stored.reads() - before;
        assertThat(once).isPositive();
        goAll();
        forget();
        join(1_000, 900);
        settle();
        assertThat(rig.stored.reads()).isEqualTo(before + 2 * once);
        assertThat(clients).allSatisfy(client -> assertThat(client.heard()).hasSize(101));
        assertAllAreLive(before + 2 * once);
    }

    @Test
    void who_come_back_with_different_positions_are_each_told_everything_once() {
        put(300);
        IntStream.range(0, 200).forEach(this::join);
        settle();
        for (int since = 0; since < 200; since++) {
            List<String> heard = clients.get(since).heard();
            assertThat(heard).hasSize(301 - since).doesNotHaveDuplicates().endsWith("synced 300");
            assertThat(heard.getFirst()).isEqualTo("created " + (since + 1) + " behind " + since);
        }
        assertAllAreLive(rig.stored.reads());
    }

    /** What comes next comes by the sender to all, and nothing is read for it. */
    private void assertAllAreLive(int readsBefore) {
        long head = rig.stored.head();
        put(1);
        settle();
        assertAllHeard("created " + (head + 1) + " behind " + head);
        assertThat(rig.stored.reads()).isEqualTo(readsBefore);
    }

    private void assertAllHeard(String... events) {
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.heard()).containsExactly(events));
    }

    private void joinAll(long since) {
        join(WATCHERS, since);
    }

    private void join(int count, long since) {
        for (int i = 0; i < count; i++) {
            join(since);
        }
    }

    private void join(long since) {
        HubRig.Client client = rig.sockets.open(clients.size());
        clients.add(client);
        watchers.add(rig.watch(NOTES, HubRig.since("e1", since), client));
    }

    private void goAll() {
        watchers.forEach(Watcher::close);
        watchers.clear();
        clients.clear();
    }

    private void forget() {
        rig.nowMillis += Hub.Limits.DEFAULT.unusedMillis();
        rig.hub.forgetUnused();
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            rig.put("notes", "n" + rig.stored.head());
            rig.hub.advance();
        }
    }

    private void settle() {
        boolean isAtWork = true;
        while (isAtWork) {
            isAtWork = rig.hub.advance() || HubRig.runAll(rig.tasks) || HubRig.runAll(rig.readings);
            for (int i = 0; i < clients.size(); i++) {
                isAtWork |= clients.get(i).isBusy;
                HubRig.take(watchers.get(i), clients.get(i));
            }
        }
    }
}
