package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A definition has its history and its watchers like any resource, also behind a restart. */
class DefinitionHistoryTest {
    private static final String NOTES = "/api/_collections/notes";

    @TempDir
    private Path folder;

    private TestServer server;

    /** Revision 2 is of no definition, 5 is of another one; the others are made, changed and deleted. */
    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        var client = new RestClient(server.port());
        client.put(NOTES, "{\"indexes\":[\"status\"]}");
        client.put("/api/notes/1", "{\"n\":1}");
        client.put(NOTES, "{\"indexes\":[\"status\"],\"schema\":{\"required\":[\"n\"]}}");
        client.delete(NOTES);
        client.put("/api/_collections/tasks", "{}");
        client.put(NOTES, "{\"retention\":{\"age\":\"7d\"}}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        server = TestServer.start(folder);
    }

    private Answer get(String target) {
        return new RestClient(server.port()).get(target);
    }

    @Test
    void it_is_shown_as_it_was() {
        restart();
        assertThat(get(NOTES + "?at=1").text())
                .contains("\"_revision\":1,")
                .doesNotContain("\"n\"");
        assertThat(get(NOTES + "?at=2").text()).isEqualTo(get(NOTES + "?at=1").text());
        assertThat(get(NOTES + "?at=3").text())
                .contains("\"_revision\":3,", "\"required\":[\"n\"]");
        assertThat(get(NOTES + "?at=6").text()).isEqualTo(get(NOTES).text());
        assertThat(ids("/api/_collections?at=3")).containsExactly("notes");
        assertThat(ids("/api/_collections?at=5")).containsExactly("tasks");
        assertThat(ids("/api/_collections?at=6")).containsExactly("notes", "tasks");
    }

    private List<String> ids(String list) {
        return get(list)
                .json()
                .path("items")
                .valueStream()
                .map(each -> each.path("id").asString())
                .toList();
    }

    private List<String> heard(FollowBy by, String target, String since) {
        var heard = new ArrayList<String>();
        try (Follower follower = by.follow(server, target, since)) {
            for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                heard.add(told.type() + " " + told.revision());
            }
        }
        return heard;
    }

    @ParameterizedTest
    @EnumSource
    void what_has_become_of_it_is_told_from_any_position(FollowBy by) {
        restart();
        assertThat(heard(by, NOTES, "0"))
                .containsExactly("created 1", "updated 3", "deleted 4", "created 6");
        assertThat(heard(by, NOTES, "3")).containsExactly("deleted 4", "created 6");
        assertThat(heard(by, "/api/_collections", "3"))
                .containsExactly("deleted 4", "created 5", "created 6");
        assertThat(heard(by, "/api/_collections?id=tasks", "0")).containsExactly("created 5");
    }

    @ParameterizedTest
    @EnumSource
    void what_becomes_of_it_is_told_as_a_patch_to_who_asks_for_that(FollowBy by) {
        try (Follower follower = by.follow(server, NOTES + "?data=patch&since=6", "")) {
            new RestClient(server.port()).put(NOTES, "{\"retention\":{\"age\":\"8d\"}}");
            Told told = follower.nextChange();
            assertThat(told.type()).isEqualTo("updated");
            assertThat(told.data().path("retention").toString()).isEqualTo("{\"age\":\"8d\"}");
        }
    }
}
