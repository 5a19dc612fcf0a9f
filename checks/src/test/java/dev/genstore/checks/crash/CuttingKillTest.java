package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server that is killed again and again while it cuts what a collection does not keep. */
class CuttingKillTest {
    private static final int KILLS = 3;
    private static final int NOTES = 500;
    private static final int ROUNDS = 16;
    private static final long PAUSE_MICROS_MAX = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void what_is_cut_and_what_is_there_are_whole_behind_any_kill() {
        Launch launch = Launch.serve(folder);
        try (ServerProcess server = launch.start()) {
            var client = new RestClient(server.url().getPort());
            for (int round = 0; round < ROUNDS; round++) {
                writeAll(client, round);
            }
            client.put("/api/_collections/notes", "{\"retention\":{\"changes\":" + NOTES + "}}");
            killSoon(server);
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServerProcess server = launch.start()) {
                killSoon(server);
            }
        }
        try (ServerProcess server = launch.start()) {
            check(server.url().getPort());
        }
    }

    private static void writeAll(RestClient client, int round) {
        client.post(
                "/api/_batch",
                IntStream.range(0, NOTES)
                        .mapToObj(i -> "{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                                + "\",\"body\":{\"round\":" + round + "}}")
                        .collect(Collectors.joining(",", "{\"operations\":[", "]}")));
    }

    private void killSoon(ServerProcess server) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(PAUSE_MICROS_MAX)));
        server.kill();
    }

    private void check(int port) {
        long kept = (long) NOTES * (ROUNDS - 1);
        await().atMost(PATIENCE)
                .until(() -> RawHttp.get(port, "/api/notes?at=" + (kept - 1)).status() == 410);
        Answer then = RawHttp.get(port, "/api/notes/7?at=" + kept);
        assertThat(then.text()).as("seed %d", seed).contains("\"round\":" + (ROUNDS - 2));
        assertThat(new RestClient(port).items("/api/notes?round=" + (ROUNDS - 1)))
                .as("seed %d", seed)
                .hasSize(NOTES);
        assertThat(heard(port, "0")).as("seed %d", seed).hasSize(NOTES + 1).startsWith("reset");
        assertThat(heard(port, "" + kept))
                .as("seed %d", seed)
                .hasSize(NOTES)
                .containsOnly("updated");
    }

    private static List<String> heard(int port, String since) {
        var heard = new ArrayList<String>();
        try (Follower follower = FollowBy.NDJSON.follow(port, "/api/notes", since)) {
            for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                heard.add(told.type());
            }
        }
        return heard;
    }
}
