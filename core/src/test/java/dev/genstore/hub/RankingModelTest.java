package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;

/** Live windows with the real hub against a window that is computed anew after each change. */
class RankingModelTest {
    private static final int STEPS = 400;

    private final List<Runnable> refills = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 20), new Random().longs(5).map(Math::abs));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void who_applies_what_he_is_told_has_what_the_window_shows(long seed) {
        var random = new Random(seed);
        var model = new TopModel(random.nextBoolean(), random.nextInt(1, 9));
        var rig = new HubRig(limits(random), refilling(random));
        var games = new RandomGames(rig, model, random);
        var client = new TopClient();
        var session = new Session(rig, model, client);
        for (int step = 0; step < STEPS; step++) {
            int writes = random.nextInt(1, 4);
            for (int i = 0; i < writes; i++) {
                games.write();
            }
            if (random.nextInt(40) == 0) {
                games.clear(30);
            }
            if (random.nextInt(3) == 0) {
                refill(rig, games, random.nextInt(4));
            }
            if (random.nextInt(4) == 0) {
                session.goOnALittle();
                continue;
            }
            int cut = random.nextInt(6) == 0 ? random.nextInt(6) : Integer.MAX_VALUE;
            session.goOn(cut);
            if (cut == Integer.MAX_VALUE) {
                assertThat(client.held()).as("step %d", step).isEqualTo(model.window());
            }
            if (random.nextInt(60) == 0) {
                rig.stored.trim(rig.stored.head() - random.nextInt(3));
            }
        }
    }

    /** While one is read more is written and told. */
    private void refill(HubRig rig, RandomGames games, int writes) {
        rig.stored.afterReading(() -> {
            for (int i = 0; i < writes; i++) {
                games.write();
                rig.hub.advance();
            }
        });
        HubRig.runAll(refills);
        rig.stored.afterReading(() -> {});
    }

    private static Hub.Limits limits(Random random) {
        long[] bytes = {1, 2_000, 1 << 20};
        return new Hub.Limits(bytes[random.nextInt(3)], 1 << 20, 13_000, 30_000);
    }

    /** At once, or whenever it is their turn. */
    private Executor refilling(Random random) {
        return random.nextBoolean() ? Runnable::run : refills::add;
    }

    /** One who watches, is cut off now and then, and comes back. */
    private static final class Session {
        private final HubRig rig;
        private final TopModel model;
        private final TopClient client;
        private HubRig.Client connection = new HubRig.Client();
        private Watcher watcher;

        Session(HubRig rig, TopModel model, TopClient client) {
            this.rig = rig;
            this.model = model;
            this.client = client;
            this.watcher = connect();
        }

        private Watcher connect() {
            connection = new HubRig.Client();
            var watch = new Watch(model.selection(), DataMode.FULL);
            return rig.watch(watch, client.start(), connection);
        }

        /** What has to be read for it comes later. */
        void goOnALittle() {
            rig.hub.advance();
            HubRig.runAll(rig.tasks);
        }

        /** Hears all that there is, or only the first events of it before it is cut off. */
        void goOn(int cut) {
            rig.settle(watcher, connection);
            List<JsonNode> told = List.copyOf(connection.told);
            connection.told.clear();
            client.apply(told.subList(0, Math.min(cut, told.size())));
            if (cut != Integer.MAX_VALUE) {
                watcher.close();
                watcher = connect();
            }
        }
    }
}
