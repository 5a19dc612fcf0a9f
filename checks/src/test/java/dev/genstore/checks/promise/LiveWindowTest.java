package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PollMeter;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.store.CommitMeter;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The first of an order, watched at the URL that shows them. */
class LiveWindowTest {
    private static final String BEST = "/api/games?sort=-score&limit=2";

    private final PollMeter meter = new PollMeter();

    @AutoClose
    private final TestServer server =
            TestServer.start(builder -> builder.meters(CommitMeter.NONE, meter));

    private final RestClient client = new RestClient(server.port());

    private String put(String id, int score) {
        return RestClient.position(client.put("/api/games/" + id, "{\"score\":" + score + "}"));
    }

    private void three_games() {
        put("a", 10);
        put("b", 30);
        put("c", 20);
    }

    private static String brief(Told told) {
        String id = told.id().substring(told.id().indexOf('-') + 1);
        return told.type() + " " + told.subject() + " " + id + " "
                + told.data().path("_revision").asString("");
    }

    private static List<String> next(Follower follower, int count) {
        return Stream.generate(follower::nextChange)
                .limit(count)
                .map(LiveWindowTest::brief)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_is_told_what_the_list_shows_and_then_what_changes(FollowBy by) {
        three_games();
        try (Follower follower = by.follow(server, BEST)) {
            assertThat(next(follower, 2)).containsExactly("created b 2 2", "created c 3 3");
            follower.synced();
            put("d", 25);
            assertThat(next(follower, 2)).containsExactly("deleted c 3.1 3", "created d 4 4");
            client.delete("/api/games/b");
            assertThat(next(follower, 2)).containsExactly("deleted b 4.1 5", "created c 5 3");
            put("d", 24);
            assertThat(next(follower, 1)).containsExactly("updated d 6 6");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_is_told_what_it_missed_also_between_two_events(FollowBy by) {
        three_games();
        String known = client.get(BEST).json().path("position").asString();
        put("d", 25);
        put("e", 5);
        put("d", 26);
        try (Follower follower = by.follow(server, BEST, known)) {
            assertThat(next(follower, 3))
                    .containsExactly("deleted c 3.1 3", "created d 4 4", "updated d 6 6");
        }
        try (Follower follower = by.resume(server, BEST, known + ".1")) {
            assertThat(next(follower, 2)).containsExactly("created d 4 4", "updated d 6 6");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_position_is_reset_and_told_the_state_of_the_window(FollowBy by) {
        three_games();
        try (Follower follower = by.follow(server, BEST, "other-7")) {
            assertThat(follower.next().isReset()).isTrue();
            assertThat(next(follower, 2)).containsExactly("created b 2 2", "created c 3 3");
            follower.synced();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_filter_says_who_may_be_in_it_and_a_batch_is_named(FollowBy by) {
        try (Follower follower = by.follow(server, BEST + "&open=true")) {
            follower.synced();
            client.post("/api/_batch", """
                    {"operations":[
                    {"method":"PUT","url":"/api/games/a","body":{"score":1,"open":true}},
                    {"method":"PUT","url":"/api/games/b","body":{"score":9,"open":false}},
                    {"method":"PUT","url":"/api/games/c","body":{"score":2,"open":true}}]}""");
            Told first = follower.nextChange();
            assertThat(brief(first)).isEqualTo("created a 1 1");
            assertThat(Told.revision(first.commit())).isEqualTo(3);
            assertThat(next(follower, 1)).containsExactly("created c 3 3");
        }
    }

    @Test
    void a_patch_is_told_of_what_stays_and_the_whole_of_what_enters() {
        three_games();
        try (Follower follower = FollowBy.SSE.follow(server, BEST + "&data=patch")) {
            next(follower, 2);
            put("b", 31);
            Told told = follower.nextChange();
            assertThat(told.json().path("patch").asBoolean()).isTrue();
            assertThat(told.data().path("score").asInt()).isEqualTo(31);
            put("d", 25);
            next(follower, 1);
            assertThat(follower.nextChange().json().has("patch")).isFalse();
        }
    }

    @Test
    void the_snapshot_comes_when_the_window_shows_something_else() {
        three_games();
        Answer known = client.get(BEST);
        Future<Answer> waiting = Beside.start(() -> poll(BEST, known));
        meter.awaitPoll();
        put("a", 11);
        put("e", 1);
        put("d", 25);
        Answer answer = join(waiting);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").path(1).path("id").asString()).isEqualTo("d");
    }

    @Test
    void a_snapshot_whose_window_shows_the_same_is_304_at_the_end_of_the_wait() {
        three_games();
        Answer known = client.get(BEST);
        put("a", 11);
        Answer answer = RawHttp.get(
                server.port(),
                BEST,
                "If-None-Match",
                known.header("ETag").orElseThrow(),
                "Prefer",
                "wait=1");
        assertThat(answer.status()).isEqualTo(304);
    }

    @Test
    void a_window_that_becomes_too_heavy_ends_so_that_the_client_knows_not_to_come_back() {
        put("a", 1);
        String window = "/api/games?sort=-score&limit=10";
        try (Follower follower = FollowBy.WEBSOCKET.follow(server, window)) {
            next(follower, 1);
            heavy_games("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
            assertThatThrownBy(() -> next(follower, 11))
                    .isInstanceOf(Follower.Ended.class)
                    .hasMessageContaining("4400");
        }
    }

    private void heavy_games(String... ids) {
        String heavy = "{\"score\":1,\"text\":\"" + "x".repeat(1_000_000) + "\"}";
        for (String id : ids) {
            client.put("/api/games/" + id, heavy);
        }
    }

    private Answer poll(String target, Answer known) {
        return RawHttp.get(
                server.port(),
                target,
                "Accept",
                "application/json",
                "If-None-Match",
                known.header("ETag").orElseThrow(),
                "Prefer",
                "wait=30");
    }

    private static Answer join(Future<Answer> waiting) {
        try {
            return waiting.get();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fields=score", "cursor=x", "limit=0", "limit=1001", "sort=a,,b"})
    void what_no_window_can_have_is_refused(String parameter) {
        for (String accept : List.of("text/event-stream", "application/x-ndjson")) {
            Answer answer =
                    RawHttp.get(server.port(), "/api/games?sort=-n&" + parameter, "Accept", accept);
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/invalid-parameter");
        }
    }
}
