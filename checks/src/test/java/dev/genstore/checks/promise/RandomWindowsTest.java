package dev.genstore.checks.promise;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Live windows on the real server, each told by whatever transport and cut off at random, against the
 * list at the same URL.
 */
class RandomWindowsTest {
    private static final List<String> WINDOWS = List.of(
            "/api/games?sort=-score&limit=3",
            "/api/games?sort=name,-score&limit=5&open=true",
            "/api/games?sort=-_revision&limit=2",
            "/api/games?limit=4",
            "/api/games?sort=score&limit=1&filter=score%20%3E%2040");

    private static final int ROUNDS = 60;

    @AutoClose
    private final TestServer server = TestServer.start();

    private final RestClient client = new RestClient(server.port());
    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** One who follows a window and knows of it what he was told. */
    private final class Fan implements AutoCloseable {
        private final String window;
        private final Replica replica = new Replica();
        private Follower follower;

        Fan(String window) {
            this.window = window;
            this.follower = anyWay().follow(server, window);
        }

        private FollowBy anyWay() {
            List<FollowBy> ways = List.of(FollowBy.values());
            return ways.get(random.nextInt(ways.size()));
        }

        /** Reads until it has what the list shows, and breaks off now and then. */
        void catchUp() {
            List<JsonNode> shown = shown();
            try {
                while (!replica.resources().equals(shown)) {
                    read();
                }
            } catch (AssertionError failure) {
                throw new AssertionError(
                        "seed " + seed + ": " + window + " shows " + shown + " and was told "
                                + replica.resources(),
                        failure);
            }
        }

        private void read() {
            Told told = follower.next();
            replica.take(told);
            if (random.nextInt(15) == 0) {
                follower.close();
                follower = anyWay().resume(server, window, told.id());
            }
        }

        private List<JsonNode> shown() {
            return client.get(window)
                    .json()
                    .path("items")
                    .valueStream()
                    .sorted(Comparator.comparingLong(
                            item -> item.path("_revision").asLong()))
                    .toList();
        }

        @Override
        public void close() {
            follower.close();
        }
    }

    @Test
    void who_applies_what_is_told_has_what_the_list_shows() {
        List<Fan> fans = WINDOWS.stream().map(Fan::new).toList();
        for (int round = 0; round < ROUNDS; round++) {
            int writes = random.nextInt(12);
            for (int i = 0; i < writes; i++) {
                write();
            }
            fans.forEach(Fan::catchUp);
        }
        fans.forEach(Fan::close);
    }

    private void write() {
        String path = "/api/games/g" + random.nextInt(30);
        boolean isThere = RawHttp.get(server.port(), path).status() == 200;
        if (isThere && random.nextInt(3) == 0) {
            client.delete(path);
        } else {
            client.put(path, json());
        }
    }

    private String json() {
        return "{\"score\":" + random.nextInt(100) + ",\"name\":\"n" + random.nextInt(5)
                + "\",\"open\":" + random.nextBoolean() + "}";
    }
}
