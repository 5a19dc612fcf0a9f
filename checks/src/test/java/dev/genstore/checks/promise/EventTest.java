package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event says, told live and told later alike. */
class EventTest {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final RestClient client = new RestClient(server.port());

    @ParameterizedTest
    @EnumSource
    void created_is_told_with_the_resource_as_it_was_made(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            Answer made = client.put("/api/notes/7", "{\"title\":\"hi é😀\"}");
            Told told = follower.nextChange();
            assertThat(told.type()).isEqualTo("created");
            assertThat(told.id()).isEqualTo(RestClient.position(made));
            assertThat(told.source()).isEqualTo("/api/notes");
            assertThat(told.subject()).isEqualTo("7");
            assertThat(told.data()).isEqualTo(made.json());
            assertThat(told.json().path("time").asString())
                    .isEqualTo(made.json().path("_updated").asString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void updated_is_told_with_the_resource_after_the_change(FollowBy by) {
        client.put("/api/notes/7", "{\"title\":\"hi\",\"size\":1}");
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            Answer changed = client.patch("/api/notes/7", "{\"title\":\"ho\"}");
            Told told = follower.nextChange();
            assertThat(told.type()).isEqualTo("updated");
            assertThat(told.id()).isEqualTo(RestClient.position(changed));
            assertThat(told.data()).isEqualTo(changed.json());
        }
    }

    @ParameterizedTest
    @EnumSource
    void deleted_has_no_data_beyond_the_id_and_the_revision(FollowBy by) {
        client.put("/api/notes/7", "{\"title\":\"hi\"}");
        for (String mode : new String[] {"full", "patch"}) {
            try (Follower follower =
                    by.follow(server, "/api/notes?data=" + mode).synced()) {
                Answer deleted = client.delete("/api/notes/7");
                Told told = follower.nextChange();
                assertThat(told.type()).isEqualTo("deleted");
                assertThat(told.subject()).isEqualTo("7");
                assertThat(told.id()).isEqualTo(RestClient.position(deleted));
                assertThat(told.data())
                        .isEqualTo(
                                Trees.read("{\"id\":\"7\",\"_revision\":" + told.revision() + "}"));
            }
            client.put("/api/notes/7", "{\"title\":\"hi\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_write_that_changes_nothing_is_not_told(FollowBy by) {
        client.put("/api/notes/7", "{\"title\":\"hi\"}");
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            client.put("/api/notes/7", "{\"title\":\"hi\"}");
            client.patch("/api/notes/7", "{}");
            client.put("/api/notes/8", "{}");
            assertThat(follower.nextChange().subject()).isEqualTo("8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void prev_is_the_event_before_in_this_watch(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            String start = follower.position();
            client.put("/api/tasks/1", "{}");
            client.put("/api/notes/1", "{}");
            client.put("/api/tasks/1", "{\"n\":1}");
            client.put("/api/notes/2", "{}");
            Told first = follower.nextChange();
            Told second = follower.nextChange();
            assertThat(Told.revision(first.prev())).isBetween(Told.revision(start), 1L);
            assertThat(second.prev()).isIn(first.id(), first.id().replaceAll("-.*", "-3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_has_missed_something_sees_a_prev_above_its_position(FollowBy by) {
        client.put("/api/notes/1", "{}");
        try (Follower follower = by.follow(server, "/api/notes", "0")) {
            Told first = follower.nextChange();
            follower.synced();
            client.put("/api/notes/2", "{}");
            Told missed = follower.nextChange();
            client.put("/api/notes/3", "{}");
            Told third = follower.nextChange();
            assertThat(Told.revision(third.prev()))
                    .isGreaterThanOrEqualTo(missed.revision())
                    .isGreaterThan(first.revision());
        }
    }

    @ParameterizedTest
    @EnumSource
    void origin_is_the_request_id_of_the_writer(FollowBy by) {
        String since = client.position();
        client.put("/api/notes/1", "{}", "Request-Id", "it's-me_0~7");
        client.put("/api/notes/1", "{\"n\":1}");
        client.patch("/api/notes/1", "{\"n\":2}", "Request-Id", "patch");
        client.delete("/api/notes/1", "Request-Id", "delete");
        client.post("/api/notes", "{}", "Request-Id", "post");
        try (Follower follower = by.follow(server, "/api/notes", since)) {
            for (String origin : new String[] {"it's-me_0~7", "", "patch", "delete", "post"}) {
                assertThat(follower.nextChange().json().path("origin").asString(""))
                        .isEqualTo(origin);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_data_none_an_event_says_only_that_something_changed(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes?data=none").synced()) {
            client.put("/api/notes/1", "{\"secret\":1}");
            client.put("/api/notes/1", "{\"secret\":2}");
            client.delete("/api/notes/1");
            for (String type : new String[] {"created", "updated", "deleted"}) {
                Told told = follower.nextChange();
                assertThat(told.type()).isEqualTo(type);
                assertThat(told.subject()).isEqualTo("1");
                assertThat(told.json().has("data")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_data_patch_an_update_is_a_merge_patch_against_the_revision_before(FollowBy by) {
        client.put("/api/notes/1", "{\"a\":1,\"b\":{\"c\":1,\"d\":2},\"e\":[1],\"long\":\"text\"}");
        String since = client.position();
        try (Follower live = by.follow(server, "/api/notes?data=patch").synced()) {
            Answer changed = client.put(
                    "/api/notes/1", "{\"b\":{\"c\":1,\"d\":3},\"e\":[1,2],\"long\":\"text\"}");
            Told told = live.nextChange();
            assertThat(told.json().path("patch").asBoolean()).isTrue();
            assertThat(told.data())
                    .isEqualTo(Trees.read("{\"a\":null,\"b\":{\"d\":3},\"e\":[1,2],\"_revision\":"
                            + told.revision() + ",\"_updated\":"
                            + changed.json().path("_updated") + "}"));
        }
        try (Follower later = by.follow(server, "/api/notes?data=patch", since)) {
            assertThat(later.nextChange().data().path("b")).isEqualTo(Trees.read("{\"d\":3}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_data_patch_a_creation_and_what_no_patch_can_say_are_told_whole(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes?data=patch").synced()) {
            Answer made = client.put("/api/notes/1", "{\"a\":1}");
            Told created = follower.nextChange();
            assertThat(created.data()).isEqualTo(made.json());
            assertThat(created.json().has("patch")).isFalse();
            Answer changed = client.put("/api/notes/1", "{\"a\":null}");
            Told updated = follower.nextChange();
            assertThat(updated.data()).isEqualTo(changed.json());
            assertThat(updated.json().has("patch")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_data_full_an_event_is_told_as_without_the_parameter(FollowBy by) {
        String since = client.position();
        client.put("/api/notes/1", "{\"a\":1}");
        client.put("/api/notes/1", "{\"a\":2}");
        try (Follower plain = by.follow(server, "/api/notes", since);
                Follower full = by.follow(server, "/api/notes?data=full", since)) {
            assertThat(full.nextChange()).isEqualTo(plain.nextChange());
            assertThat(full.nextChange()).isEqualTo(plain.nextChange());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_told_later_is_the_one_that_was_told_live(FollowBy by) {
        try (Follower live = by.follow(server, "/api/notes").synced()) {
            String since = live.position();
            client.put("/api/notes/1", "{\"a\":1}");
            client.put("/api/notes/1", "{\"a\":2}", "Request-Id", "x");
            client.delete("/api/notes/1");
            try (Follower later = by.follow(server, "/api/notes", since)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(later.nextChange()).isEqualTo(live.nextChange());
                }
            }
        }
    }
}
