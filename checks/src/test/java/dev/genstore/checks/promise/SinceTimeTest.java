package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.resource.Resource;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.Retention;
import dev.genstore.store.Storage;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.Seed;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** {@code since=<time>}: every change that was made after it, then live. */
class SinceTimeTest {
    private static final int WRITES = 40;
    private static final int TIMES = 6;
    private static final List<String> TARGETS =
            List.of("/api/notes", "/api/notes?open=true", "/api/notes/1");

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    private Path folder;

    /** Where a store is kept. */
    enum Kept {
        IN_MEMORY,
        ON_DISK
    }

    static Stream<Arguments> waysAndPlaces() {
        return Arrays.stream(FollowBy.values())
                .flatMap(by -> Arrays.stream(Kept.values()).map(kept -> Arguments.of(by, kept)));
    }

    /** What was made before is in no memory any more, as another server has made it. */
    @ParameterizedTest(name = "by {0}, {1}")
    @MethodSource("waysAndPlaces")
    void every_change_behind_a_time_comes_and_then_what_is_new(FollowBy by, Kept kept)
            throws IOException {
        var memory = new MemoryDisk(new Random(1));
        Supplier<Storage> disk = () -> kept == Kept.IN_MEMORY
                ? memory.open()
                : SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
        var clock = new ManualClock();
        Random random = seed.random();
        var history = new TimedHistory(clock, random);
        try (PartsServer server = PartsServer.start(disk.get(), clock)) {
            for (int i = 0; i < WRITES; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(-2, 4)));
                history.write(new RestClient(server.port()));
            }
        }
        long end = history.lastMillis() + 2;
        clock.advance(Duration.ofSeconds(1)); // what is new is made behind all times that are asked
        try (PartsServer server = PartsServer.start(disk.get(), clock)) {
            for (String target : TARGETS) {
                for (int i = 0; i < TIMES; i++) {
                    long time = random.nextLong(history.firstMillis() - 1, end);
                    checkTold(by, server, target, time, history);
                }
            }
        }
    }

    private static void checkTold(
            FollowBy by, PartsServer server, String target, long time, TimedHistory history) {
        String mark = target.contains("?") ? "&" : "?";
        String asked = target + mark + "since=" + Resource.time(time);
        List<String> told = history.toldSince(target, time);
        try (Follower follower = by.follow(server.port(), asked, "")) {
            assertThat(next(follower, told.size())).as("behind %s", asked).isEqualTo(told);
            long head = history.head();
            history.write(new RestClient(server.port()));
            history.open(new RestClient(server.port()));
            List<String> fresh = history.toldBehind(target, head);
            assertThat(next(follower, fresh.size())).as("then %s", asked).isEqualTo(fresh);
        }
    }

    private static List<String> next(Follower follower, long count) {
        return LongStream.range(0, count)
                .mapToObj(i -> TimedHistory.said(follower.nextChange()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_time_that_has_not_come_means_from_now_on(FollowBy by) {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            client.put("/api/notes/1", "{}");
            try (Follower follower =
                    by.follow(server, "/api/notes?since=9999-12-31T23:59:59Z").synced()) {
                client.put("/api/notes/2", "{}");
                assertThat(follower.nextChange().subject()).isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_time_of_which_the_log_knows_nothing_any_more_is_reset(FollowBy by) {
        try (TestServer server =
                TestServer.start(builder -> builder.retention(new Retention(Duration.ofDays(1), 5))
                        .memory(new Changelog.Memory(2, 1 << 20)))) {
            var client = new RestClient(server.port());
            for (int i = 1; i <= 30; i++) {
                client.put("/api/notes/1", "{\"n\":" + i + "}");
            }
            try (Follower follower =
                    by.follow(server, "/api/notes?since=2000-01-01T00:00:00%2B01:00")) {
                Told reset = follower.next();
                assertThat(reset.type()).as("%s", reset).isEqualTo("reset");
                assertThat(reset.data().path("reason").asString()).isEqualTo("history-gone");
                assertThat(follower.nextChange().revision()).isEqualTo(30);
            }
        }
    }
}
