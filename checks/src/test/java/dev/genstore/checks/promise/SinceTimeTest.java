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
import dev.genstore.store.Retention;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.Seed;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** {@code since=<time>}: every change that was made after it, then live. */
class SinceTimeTest {
    private static final int CHANGES = 30;

    @RegisterExtension
    final Seed seed = new Seed();

    @ParameterizedTest
    @EnumSource
    void every_change_behind_a_time_comes_and_then_what_is_new(FollowBy by) throws IOException {
        var clock = new ManualClock();
        Random random = seed.random();
        List<Long> times = new ArrayList<>();
        try (PartsServer server = PartsServer.start(new MemoryDisk(new Random(1)).open(), clock)) {
            var client = new RestClient(server.port());
            for (int i = 1; i <= CHANGES; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(3)));
                times.add(clock.millis());
                client.put("/api/notes/1", "{\"n\":" + i + "}");
            }
            clock.advance(Duration.ofMillis(2));
            for (long time = times.getFirst() - 1; time < clock.millis(); time += 3) {
                checkTold(by, server, time, times);
            }
        }
    }

    /** What is new is made after all times that are asked for. */
    private static void checkTold(FollowBy by, PartsServer server, long time, List<Long> times) {
        String target = "/api/notes?since=" + Resource.time(time);
        long made = times.stream().filter(each -> each <= time).count();
        long head = times.size();
        var client = new RestClient(server.port());
        try (Follower follower = by.follow(server.port(), target, "")) {
            assertThat(next(follower, head - made))
                    .as("behind %s", target)
                    .isEqualTo(LongStream.rangeClosed(made + 1, head).boxed().toList());
            client.put("/api/notes/1", "{\"new\":" + head + "}");
            assertThat(next(follower, 1)).containsExactly(head + 1);
        }
        times.add(Long.MAX_VALUE);
    }

    private static List<Long> next(Follower follower, long count) {
        return LongStream.range(0, count)
                .mapToObj(i -> follower.nextChange().revision())
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
