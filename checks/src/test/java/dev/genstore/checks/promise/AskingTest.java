package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.stream.Stream;

/** Any URL that can be read can be watched, from wherever a client says. */
class AskingTest {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final RestClient client = new RestClient(server.port());

    @ParameterizedTest
    @EnumSource
    void a_collection_tells_the_changes_of_its_resources(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            client.put("/api/tasks/1", "{}");
            client.put("/api/notes/1", "{}");
            client.put("/api/notes/2", "{}");
            assertThat(next(follower, 2)).containsExactly("created 1", "created 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_resource_tells_its_own_changes_also_before_it_exists(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes/1").synced()) {
            client.put("/api/notes/2", "{}");
            client.put("/api/tasks/1", "{}");
            client.put("/api/notes/1", "{}");
            client.put("/api/notes/2", "{\"n\":1}");
            client.put("/api/notes/1", "{\"n\":1}");
            client.delete("/api/notes/1");
            client.put("/api/notes/1", "{}");
            assertThat(next(follower, 4))
                    .containsExactly("created 1", "updated 1", "deleted 1", "created 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_store_tells_the_changes_of_all_collections(FollowBy by) {
        try (Follower follower = by.follow(server, "/api").synced()) {
            client.put("/api/notes/1", "{}");
            client.put("/api/tasks/1", "{}");
            client.delete("/api/notes/1");
            List<Told> told =
                    List.of(follower.nextChange(), follower.nextChange(), follower.nextChange());
            assertThat(told)
                    .extracting(Told::source)
                    .containsExactly("/api/notes", "/api/tasks", "/api/notes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_since_it_begins_now(FollowBy by) {
        client.put("/api/notes/1", "{}");
        try (Follower follower = by.follow(server, "/api/notes")) {
            Told first = follower.next();
            assertThat(first.type()).isEqualTo("synced");
            assertThat(first.id()).isEqualTo(client.position());
            client.put("/api/notes/2", "{}");
            assertThat(next(follower, 1)).containsExactly("created 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void since_a_position_tells_every_change_after_it_and_then_goes_on_live(FollowBy by) {
        String since = RestClient.position(client.put("/api/notes/1", "{}"));
        client.put("/api/notes/2", "{}");
        client.delete("/api/notes/1");
        try (Follower follower = by.follow(server, "/api/notes", since)) {
            assertThat(next(follower, 2)).containsExactly("created 2", "deleted 1");
            follower.synced();
            client.put("/api/notes/3", "{}");
            assertThat(next(follower, 1)).containsExactly("created 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void since_a_bare_revision_means_that_revision_of_whatever_epoch(FollowBy by) {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/2", "{}");
        try (Follower follower = by.follow(server, "/api/notes", "1")) {
            assertThat(next(follower, 1)).containsExactly("created 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void since_0_tells_everything(FollowBy by) {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/1", "{\"n\":1}");
        client.delete("/api/notes/1");
        try (Follower follower = by.follow(server, "/api/notes", "0")) {
            assertThat(next(follower, 3)).containsExactly("created 1", "updated 1", "deleted 1");
            follower.synced();
        }
    }

    @ParameterizedTest
    @EnumSource
    void last_event_id_wins_over_since(FollowBy by) {
        client.put("/api/notes/1", "{}");
        String last = RestClient.position(client.put("/api/notes/2", "{}"));
        client.put("/api/notes/3", "{}");
        try (Follower follower = by.resume(server, "/api/notes?since=0", last)) {
            assertThat(next(follower, 1)).containsExactly("created 3");
        }
        try (Follower follower = by.resume(server, "/api/notes", last)) {
            assertThat(next(follower, 1)).containsExactly("created 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_position_from_any_transport_is_valid_on_every_other(FollowBy by) {
        for (FollowBy first : FollowBy.values()) {
            String since = client.position();
            client.put("/api/notes/" + first, "{}");
            client.put("/api/notes/1", "{\"first\":\"" + first + "\"}");
            try (Follower follower = by.follow(server, "/api/notes", behindNext(first, since))) {
                assertThat(follower.nextChange().subject()).isEqualTo("1");
            }
        }
    }

    private String behindNext(FollowBy by, String since) {
        try (Follower follower = by.follow(server, "/api/notes", since)) {
            follower.nextChange();
            return follower.position();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_position_of_a_list_and_the_etag_of_a_resource_are_positions_of_watches(FollowBy by) {
        client.put("/api/notes/1", "{}");
        String ofList = client.get("/api/notes").json().path("position").asString();
        String ofResource = RestClient.position(client.get("/api/notes/1"));
        client.put("/api/notes/2", "{}");
        for (String since : List.of(ofList, ofResource)) {
            try (Follower follower = by.follow(server, "/api/notes", since)) {
                assertThat(follower.nextChange().subject()).isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_position_is_refused(FollowBy by) {
        for (String wrong : List.of("x", "1.5", "-1", "01", "abc-", "ABC-1", "abc-1-2", "%20")) {
            Answer answer = refusal(by, "/api/notes?since=" + wrong);
            assertThat(answer.status()).as("since=%s: %s", wrong, answer).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/invalid-position");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_parameter_that_is_not_supported_is_refused_and_never_ignored(FollowBy by) {
        for (String wrong : List.of(
                "sort=a,,b",
                "limit=0",
                "sort=n&fields=n",
                "sort=n&cursor=x",
                "at-least=1",
                "fields=,",
                ".a=1",
                "data=all",
                "data",
                "since=1&since=2",
                "at=1")) {
            Answer answer = refusal(by, "/api/notes?" + wrong);
            assertThat(answer.status()).as("%s: %s", wrong, answer).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/invalid-parameter");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_can_not_exist_can_not_be_watched(FollowBy by) {
        assertThat(refusal(by, "/api/Notes").status()).isEqualTo(400);
        assertThat(refusal(by, "/api/notes/a%20b").status()).isEqualTo(400);
        assertThat(refusal(by, "/nothing").status()).isEqualTo(404);
        assertThat(refusal(by, "/api/notes/1/parts").status()).isEqualTo(404);
    }

    private Answer refusal(FollowBy by, String target) {
        var refused = catchThrowableOfType(
                Follower.Refused.class, () -> by.follow(server, target).next());
        assertThat(refused).as("%s is refused", target).isNotNull();
        assertThat(refused.answer().header("Content-Type")).contains("application/problem+json");
        return refused.answer();
    }

    private static List<String> next(Follower follower, int count) {
        return Stream.generate(follower::nextChange)
                .limit(count)
                .map(told -> told.type() + " " + told.subject())
                .toList();
    }
}
