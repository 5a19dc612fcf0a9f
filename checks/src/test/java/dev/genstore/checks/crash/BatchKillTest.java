package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A server that is killed at random moments while batches are written, each of which is repeated
 * until it is answered. {@code -Dgenstore.seed=…} runs one again, as far as processes can be repeated.
 */
class BatchKillTest {
    private static final int KILLS = 8;
    private static final int WRITERS = 3;
    private static final int ANSWERS_BETWEEN_MAX = 30;
    private static final long PAUSE_MICROS_MAX = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Site site = new Site();
    private final Tally answered = new Tally();
    private final List<BatchWriting> writers = new ArrayList<>();
    private final List<Future<Void>> ends = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @TempDir
    private Path folder;

    @AfterEach
    void endWriters() {
        threads.shutdownNow();
    }

    @Test
    void a_batch_is_there_whole_or_not_at_all_and_no_repetition_writes_twice() throws Exception {
        Launch launch = Launch.serve(folder);
        begin();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = launch.start()) {
                site.isAt(server.url());
                answered.await(
                        answered.greatest() + 1 + random.nextInt(ANSWERS_BETWEEN_MAX), PATIENCE);
                pause();
                site.isGone();
                server.kill();
            }
        }
        try (ServerProcess server = launch.start()) {
            site.isAt(server.url());
            end();
            check(server);
        }
    }

    private void begin() {
        for (int i = 0; i < WRITERS; i++) {
            var writer = new BatchWriting(site, "w" + i, seed * 31 + i, answered);
            writers.add(writer);
            ends.add(threads.submit(writer));
        }
    }

    private void end() throws Exception {
        writers.forEach(BatchWriting::end);
        for (Future<Void> end : ends) {
            end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void check(ServerProcess server) throws Exception {
        Map<String, List<Telling>> log = Truth.read(server.url()).log().stream()
                .collect(Collectors.groupingBy(change -> String.valueOf(change.origin())));
        List<BatchWriting.Batch> batches =
                writers.stream().flatMap(writer -> writer.batches().stream()).toList();
        assertThat(log.keySet())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(
                        batches.stream().map(BatchWriting.Batch::name).toList());
        for (BatchWriting.Batch batch : batches) {
            check(batch, log.getOrDefault(batch.name(), List.of()));
        }
        repeatTheLastOnes(server);
    }

    /** It is there once, at the revisions that it was answered, and knows that it is one. */
    private void check(BatchWriting.Batch batch, List<Telling> changes) {
        assertThat(changes)
                .as("seed %d, %s", seed, batch.name())
                .extracting(Telling::position)
                .isEqualTo(batch.positions());
        assertThat(changes.getLast().revision() - changes.getFirst().revision())
                .isEqualTo(changes.size() - 1);
        assertThat(changes)
                .extracting(change -> change.json().required("commit").asString())
                .containsOnly(changes.getLast().position());
    }

    private void repeatTheLastOnes(ServerProcess server) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (BatchWriting writer : writers) {
                BatchWriting.Batch last = writer.batches().getLast();
                assertThat(BatchWriting.send(client, server.url(), last.name(), last.body()))
                        .isEqualTo(last.positions());
            }
        }
    }

    /** Nothing is waited for here: the moment is to be a random one. */
    private void pause() {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(PAUSE_MICROS_MAX)));
    }
}
