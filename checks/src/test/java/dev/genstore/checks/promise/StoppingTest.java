package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PollMeter;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Precondition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What watchers are told when the server stops, and that they can go on when it is back. */
class StoppingTest {
    @TempDir
    private Path folder;

    @Test
    void a_web_socket_is_told_1001_and_when_to_come_back() {
        Set<String> ends = ends(FollowBy.WEBSOCKET);
        assertThat(ends).allMatch(how -> how.matches("1001 retry-after=[0-9]+"));
        assertThat(ends).as("spread, so that not all come at once").hasSizeGreaterThan(1);
    }

    @Test
    void an_event_stream_is_told_when_to_come_back_and_ends_whole() {
        Set<String> ends = ends(FollowBy.SSE);
        assertThat(ends).allMatch(how -> how.matches("whole retry-after=[0-9]+"));
        assertThat(ends).as("spread, so that not all come at once").hasSizeGreaterThan(1);
    }

    @Test
    void a_line_stream_ends_whole() {
        assertThat(ends(FollowBy.NDJSON)).containsExactly("whole");
    }

    /** How the watches of several clients end when the server stops. */
    private Set<String> ends(FollowBy by) {
        TestServer server = TestServer.start(folder);
        List<Follower> followers = Stream.generate(
                        () -> by.follow(server, "/api/notes").synced())
                .limit(8)
                .toList();
        Future<Boolean> stopping = Beside.start(() -> {
            server.close();
            return true;
        });
        var ends = new HashSet<String>();
        for (Follower follower : followers) {
            var ended = catchThrowableOfType(Follower.Ended.class, follower::next);
            assertThat(ended).as("the watch ends").isNotNull();
            ends.add(ended.how());
            follower.close();
        }
        assertThat(stopping).succeedsWithin(Duration.ofSeconds(20));
        return ends;
    }

    @Test
    void a_request_that_waits_is_answered_with_what_there_is() throws Exception {
        var meter = new PollMeter();
        Future<Answer> page;
        Future<Answer> snapshot;
        try (TestServer server =
                TestServer.start(folder, builder -> builder.meters(CommitMeter.NONE, meter))) {
            int port = server.port();
            page = Beside.start(() -> RawHttp.get(
                    port,
                    "/api/notes",
                    "Accept",
                    "application/cloudevents-batch+json",
                    "Prefer",
                    "wait=60"));
            meter.awaitPoll();
            snapshot = Beside.start(() ->
                    RawHttp.get(port, "/api/notes", "If-None-Match", "\"0\"", "Prefer", "wait=60"));
            meter.awaitPoll();
        }
        assertThat(page.get().status()).isEqualTo(200);
        assertThat(page.get().text()).isEqualTo("[]");
        assertThat(page.get().header("Link")).isPresent();
        assertThat(snapshot.get().status()).isEqualTo(304);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void who_comes_back_with_its_position_misses_nothing(FollowBy by) {
        String position;
        TestServer server = TestServer.start(folder);
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            put(server, "1");
            put(server, "2");
            follower.nextChange();
            server.close();
            position = readToTheEnd(follower);
        }
        try (TestServer again = TestServer.start(folder);
                Follower follower = by.follow(again, "/api/notes", position)) {
            put(again, "3");
            String subject = follower.nextChange().subject();
            assertThat(subject).isEqualTo(position.endsWith("-1") ? "2" : "3");
        }
    }

    private static String readToTheEnd(Follower follower) {
        assertThatThrownBy(() -> Stream.generate(follower::next).forEach(told -> {}))
                .isInstanceOf(Follower.Ended.class);
        return follower.position();
    }

    private static void put(TestServer server, String id) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        server.store().resources().put("notes", id, body, Precondition.NONE);
    }
}
