package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.store.Precondition;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The guarantees of watching, one by one; while many write they are in {@link WritersTest}. */
class GuaranteeTest {
    private static final Changelog.Memory LITTLE = new Changelog.Memory(64, 1 << 20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void every_change_comes_in_order_from_memory_and_from_the_disk(FollowBy by) {
        try (TestServer server = TestServer.start(folder, builder -> builder.memory(LITTLE))) {
            write(server, 1, 500);
            try (Follower follower = by.follow(server, "/api/notes", "0")) {
                assertThat(revisions(follower, 500)).isEqualTo(from(1, 500));
                follower.synced();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_change_comes_twice_wherever_one_breaks_off(FollowBy by) {
        try (TestServer server = TestServer.start(folder)) {
            write(server, 1, 20);
            String position = "0";
            for (long revision = 1; revision <= 20; revision++) {
                try (Follower follower = by.follow(server, "/api/notes", position)) {
                    assertThat(follower.nextChange().revision()).isEqualTo(revision);
                    position = follower.position();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_position_stays_valid_when_the_server_is_started_again(FollowBy by) {
        String position;
        try (TestServer server = TestServer.start(folder);
                Follower follower = by.follow(server, "/api/notes").synced()) {
            write(server, 1, 3);
            follower.nextChange();
            position = follower.position();
        }
        try (TestServer server = TestServer.start(folder);
                Follower follower = by.follow(server, "/api/notes", position)) {
            assertThat(revisions(follower, 2)).containsExactly(2L, 3L);
            follower.synced();
            write(server, 4, 4);
            assertThat(revisions(follower, 1)).containsExactly(4L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void there_is_no_gap_and_no_double_between_a_snapshot_and_what_follows(FollowBy by) {
        try (TestServer server = TestServer.start(folder)) {
            var client = new RestClient(server.port());
            write(server, 1, 5);
            var list = client.get("/api/notes").json();
            write(server, 6, 8);
            String since = list.path("position").asString();
            try (Follower follower = by.follow(server, "/api/notes", since)) {
                write(server, 9, 10);
                assertThat(revisions(follower, 5)).isEqualTo(from(6, 10));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_watcher_that_does_not_read_delays_nobody_and_gets_everything_later(FollowBy by) {
        try (TestServer server = TestServer.start(folder);
                Follower slow = by.follow(server, "/api/notes").synced();
                Follower other = by.follow(server, "/api/notes").synced()) {
            String text = "x".repeat(100_000);
            for (int i = 1; i <= 100; i++) {
                put(server, "{\"n\":" + i + ",\"text\":\"" + text + "\"}");
                assertThat(other.nextChange().revision()).isEqualTo(i);
            }
            assertThat(revisions(slow, 100)).isEqualTo(from(1, 100));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_watcher_that_does_not_read_delays_no_other_way_of_watching(FollowBy by) {
        try (TestServer server = TestServer.start(folder);
                Follower slow = FollowBy.WEBSOCKET.follow(server, "/api").synced();
                Follower other = by.follow(server, "/api/notes").synced()) {
            String text = "x".repeat(100_000);
            for (int i = 1; i <= 20; i++) {
                put(server, "{\"n\":" + i + ",\"text\":\"" + text + "\"}");
                assertThat(other.nextChange().revision()).isEqualTo(i);
            }
            assertThat(slow.nextChange().revision()).isEqualTo(1);
        }
    }

    private static void write(TestServer server, int first, int last) {
        for (int i = first; i <= last; i++) {
            put(server, "{\"n\":" + i + "}");
        }
    }

    private static void put(TestServer server, String json) {
        server.store()
                .resources()
                .put("notes", "1", json.getBytes(StandardCharsets.UTF_8), Precondition.NONE);
    }

    private static List<Long> revisions(Follower follower, int count) {
        return Stream.generate(follower::nextChange)
                .limit(count)
                .map(Told::revision)
                .toList();
    }

    private static List<Long> from(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
