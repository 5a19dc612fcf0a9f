package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.checks.harness.Trees;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.Retention;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The guarantees while many write, and watchers break off and come back at random moments. */
class WritersTest {
    private static final int WRITERS = 3;
    private static final int WRITES = 150;
    private static final Changelog.Memory LITTLE = new Changelog.Memory(32, 1 << 20);
    private static final Retention LONG = Retention.DEFAULT;
    private static final Retention SHORT = new Retention(Duration.ofDays(1), 40);

    @TempDir
    private Path folder;

    /** What the writers were answered, by revision: what has really happened. */
    private final Map<Long, Change> truth = new ConcurrentSkipListMap<>();

    static Stream<Arguments> waysAndSeeds() {
        long fresh = new SecureRandom().nextLong();
        return Arrays.stream(FollowBy.values())
                .flatMap(by -> Stream.of(1L, fresh).map(seed -> Arguments.of(by, seed)));
    }

    @ParameterizedTest(name = "by {0}, seed {1}")
    @MethodSource("waysAndSeeds")
    void every_watcher_sees_every_change_once_and_in_order(FollowBy by, long seed)
            throws Exception {
        try (TestServer server = start(LONG)) {
            for (RandomWatcher watcher :
                    run(server, by, seed, "/api", "/api/notes", "/api/notes/3")) {
                assertThat(watcher.resets()).isZero();
                assertThat(watcher.changes().stream().map(WritersTest::said))
                        .as("%s, seed %d", watcher.target(), seed)
                        .containsExactlyElementsOf(happened(watcher.target()));
            }
        }
    }

    @ParameterizedTest(name = "by {0}, seed {1}")
    @MethodSource("waysAndSeeds")
    void a_replica_made_of_patches_is_what_the_store_has(FollowBy by, long seed) throws Exception {
        try (TestServer server = start(LONG)) {
            RandomWatcher watcher = run(server, by, seed, "/api?data=patch").getFirst();
            assertThat(watcher.replica().resources()).as("seed %d", seed).isEqualTo(state(server));
        }
    }

    @ParameterizedTest(name = "by {0}, seed {1}")
    @MethodSource("waysAndSeeds")
    void a_replica_is_what_the_store_has_however_often_it_is_reset(FollowBy by, long seed)
            throws Exception {
        try (TestServer server = start(SHORT)) {
            new RandomWriter(server.store().resources(), seed, WRITES, truth).call();
            RandomWatcher watcher = run(server, by, seed, "/api").getFirst();
            assertThat(watcher.resets()).isPositive();
            assertThat(watcher.replica().resources()).as("seed %d", seed).isEqualTo(state(server));
        }
    }

    private TestServer start(Retention retention) {
        return TestServer.start(folder, builder -> builder.memory(LITTLE).retention(retention));
    }

    /** Lets writers and watchers run to their ends. */
    private List<RandomWatcher> run(TestServer server, FollowBy by, long seed, String... targets)
            throws Exception {
        var random = new Random(seed);
        List<Future<RandomWatcher>> watchers = Arrays.stream(targets)
                .<Future<RandomWatcher>>map(target ->
                        Beside.start(new RandomWatcher(server, by, target, random.nextLong())))
                .toList();
        List<Future<Integer>> writers = IntStream.range(0, WRITERS)
                .<Future<Integer>>mapToObj(i -> Beside.start(writer(server, random.nextLong())))
                .toList();
        for (Future<Integer> each : writers) {
            assertThat(each.get()).isPositive();
        }
        writer(server, seed).end();
        return results(watchers);
    }

    private RandomWriter writer(TestServer server, long seed) {
        return new RandomWriter(server.store().resources(), seed, WRITES, truth);
    }

    private static <T> List<T> results(List<Future<T>> futures) throws Exception {
        var results = new ArrayList<T>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    /** All resources, in order of revision. */
    private static List<JsonNode> state(TestServer server) {
        var client = new RestClient(server.port());
        return Stream.of("/api/notes", "/api/tasks")
                .flatMap(target -> client.items(target).stream())
                .sorted(Comparator.comparingLong(
                        resource -> resource.path("_revision").asLong()))
                .toList();
    }

    /** What has happened to a target, as {@link #said} words it. */
    private List<String> happened(String target) {
        return truth.values().stream()
                .filter(change -> (path(change) + "/").startsWith(target + "/"))
                .map(WritersTest::said)
                .toList();
    }

    private static String path(Change change) {
        return "/api/" + change.collection() + "/" + change.id();
    }

    private static String said(Change change) {
        Resource after = change.after();
        String json = after == null
                ? "{\"id\":\"" + change.id() + "\",\"_revision\":" + change.revision() + "}"
                : new String(after.json(), StandardCharsets.UTF_8);
        String type = change.kind().name().toLowerCase(Locale.ROOT);
        return change.revision() + " " + type + " " + path(change) + " " + Trees.read(json);
    }

    private static String said(Told told) {
        return told.revision() + " " + told.type() + " " + told.source() + "/" + told.subject()
                + " " + told.data();
    }
}
