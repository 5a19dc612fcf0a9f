package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.testkit.Seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server that is killed again and again while it builds indexes. */
class IndexKillTest {
    private static final int KILLS = 3;
    private static final int NOTES = 20_000;
    private static final int OWNERS = 7;
    private static final long PAUSE_MICROS_MAX = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEFINITION = "/api/_collections/notes";

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    private Path folder;

    @Test
    void an_index_is_built_to_its_end_and_used_behind_any_kill() {
        Random random = seed.random();
        Launch launch = Launch.serve(folder);
        try (ServerProcess server = launch.start()) {
            var client = new RestClient(server.url().getPort());
            for (int from = 0; from < NOTES; from += 1_000) {
                write(client, from);
            }
            Answer defined = client.put(DEFINITION, "{\"indexes\":[\"owner,n\",\"n\",\"text\"]}");
            assertThat(defined.json().path("_building")).hasSize(3);
            killSoon(server, random);
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServerProcess server = launch.start()) {
                var client = new RestClient(server.url().getPort());
                client.put("/api/notes/more-" + kill, note(NOTES + kill * OWNERS));
                killSoon(server, random);
            }
        }
        try (ServerProcess server = launch.start()) {
            check(new RestClient(server.url().getPort()));
        }
    }

    private static void write(RestClient client, int from) {
        client.post(
                "/api/_batch",
                IntStream.range(from, from + 1_000)
                        .mapToObj(i -> "{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                                + "\",\"body\":" + note(i) + "}")
                        .collect(Collectors.joining(",", "{\"operations\":[", "]}")));
    }

    private static String note(int n) {
        return "{\"n\":" + n + ",\"owner\":" + n % OWNERS + ",\"text\":\"" + n * 7919L % 1_000
                + "\"}";
    }

    private static void killSoon(ServerProcess server, Random random) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(PAUSE_MICROS_MAX)));
        server.kill();
    }

    private static void check(RestClient client) {
        await().atMost(PATIENCE).until(() -> !client.get(DEFINITION).json().has("_building"));
        int last = NOTES + (KILLS - 1) * OWNERS;
        int owner = last % OWNERS;
        String ofOwner = "/api/notes?owner=" + owner + "&sort=-n&limit=1000";
        assertThat(client.get(ofOwner).header("Genstore-Scanned")).isEmpty();
        List<Integer> expected = IntStream.rangeClosed(0, last)
                .map(i -> last - i)
                .filter(n -> n % OWNERS == owner && n != NOTES)
                .boxed()
                .toList();
        assertThat(numbers(client.items(ofOwner))).isEqualTo(expected);
        assertThat(client.get("/api/notes?sort=text").header("Genstore-Scanned"))
                .isEmpty();
        assertThat(client.items("/api/notes?sort=text&limit=1000")).hasSize(NOTES + KILLS - 1);
    }

    private static List<Integer> numbers(List<JsonNode> notes) {
        return notes.stream().map(note -> note.get("n").intValue()).toList();
    }
}
