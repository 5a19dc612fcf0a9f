package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.RepeatedTest;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Peers with many watches each, which take as much as they like, are written other things in between,
 * and begin and end watches at any time, all by one seed. What is mixed up can't be read any more.
 */
class SharedLinesTest {
    private static final int STEPS = 3_000;
    private static final int PEERS = 4;
    private static final int COLLECTIONS = 5;
    private static final int WATCHES_MAX = 12;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HubRig rig = new HubRig(new Hub.Limits(3_000, 1 << 20, 1_000, 30_000));
    private final List<Peer> peers = new ArrayList<>();

    /** By collection, the revisions of its changes. */
    private final Map<String, TreeSet<Long>> changes = new HashMap<>();

    @RepeatedTest(5)
    void every_watch_is_told_everything_once_and_in_order_and_every_frame_is_whole() {
        for (int i = 0; i < PEERS; i++) {
            peers.add(new Peer(i));
        }
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        settle();
        peers.forEach(Peer::checkAll);
    }

    private void step() {
        Peer peer = peers.get(random.nextInt(PEERS));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> put();
            case 3 -> rig.hub.advance();
            case 4, 5 -> HubRig.runAll(rig.tasks);
            case 6 -> HubRig.runAll(rig.readings);
            case 7 -> peer.begin();
            case 8 -> peer.end();
            case 9 -> peer.pauseOrGoOn();
            case 10 -> peer.makeRoom();
            default -> {
                rig.nowMillis += random.nextInt(300);
                rig.sweep();
            }
        }
        peer.take(random.nextBoolean());
        peers.forEach(Peer::hear);
    }

    private void put() {
        String collection = "c" + random.nextInt(COLLECTIONS);
        rig.put(
                collection,
                "r" + random.nextInt(3),
                "{\"text\":\"" + "x".repeat(random.nextInt(400)) + "\"}");
        changes.computeIfAbsent(collection, name -> new TreeSet<>()).add(rig.stored.head());
    }

    private void settle() {
        peers.forEach(Peer::open);
        boolean isAtWork = true;
        while (isAtWork) {
            isAtWork = rig.hub.advance() || HubRig.runAll(rig.tasks) || HubRig.runAll(rig.readings);
            for (Peer peer : peers) {
                isAtWork |= peer.take(true);
            }
        }
        peers.forEach(Peer::hear);
    }

    /** A watch, and what it was told. */
    private record Told(Watcher watcher, String collection, long since, List<Long> revisions) {}

    private final class Peer {
        private final HubRig.Client client;
        private final Line line;
        private final Map<String, Told> watches = new LinkedHashMap<>();
        private int begun;

        Peer(int number) {
            client = number == 0 ? new HubRig.Client() : rig.sockets.open(number);
            line = new Line(client);
        }

        void begin() {
            if (watches.size() == WATCHES_MAX) {
                return;
            }
            String name = "/" + begun++;
            String collection = "c" + random.nextInt(COLLECTIONS);
            long head = rig.stored.head();
            long since = random.nextBoolean() ? head : random.nextLong(head + 1);
            Watch watch = new Watch(new Target.InCollection(collection), DataMode.FULL);
            Watcher watcher = rig.loop.watch(
                    watch.named(name),
                    rig.framing,
                    new Start.After(new Position(StoredLog.EPOCH, since)),
                    line);
            watches.put(name, new Told(watcher, collection, since, new ArrayList<>()));
            watcher.begin();
        }

        void end() {
            if (!watches.isEmpty() && random.nextInt(3) == 0) {
                var all = new ArrayList<>(watches.entrySet());
                Map.Entry<String, Told> one = all.get(random.nextInt(all.size()));
                one.getValue().watcher().close();
                hear(); // what was on its way is its own
                watches.remove(one.getKey());
            }
        }

        void pauseOrGoOn() {
            if (client.isPaused) {
                client.isPaused = false;
                line.resume();
            } else if (!client.isBusy) {
                client.isPaused = true;
                line.pause();
            }
        }

        void makeRoom() {
            client.room = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(3_000);
        }

        void open() {
            client.room = Integer.MAX_VALUE;
            if (client.isPaused) {
                pauseOrGoOn();
            }
        }

        boolean take(boolean takes) {
            boolean hasSome = takes && client.isBusy;
            if (hasSome) {
                client.isBusy = false;
                line.written();
            }
            return hasSome;
        }

        void hear() {
            client.told.forEach(this::hear);
            client.told.clear();
        }

        private void hear(JsonNode event) {
            Told told = watches.get(event.get("watch").stringValue());
            if (told != null && !event.get("type").stringValue().equals("synced")) {
                String id = event.get("id").stringValue();
                told.revisions().add(Long.parseLong(id.substring(id.indexOf('-') + 1)));
            }
        }

        void checkAll() {
            watches.forEach((name, told) -> assertThat(told.revisions())
                    .as("%s of %s, seed %s", name, told.collection(), seed)
                    .containsExactlyElementsOf(
                            changes.getOrDefault(told.collection(), new TreeSet<>())
                                    .tailSet(told.since(), false)));
        }
    }
}
