package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.store.Retention;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code reset}: forget what you have; the present state follows. */
class ResetTest {
    private static final Retention FIVE_CHANGES = new Retention(Duration.ofDays(1), 5);
    private static final Changelog.Memory TWO_CHANGES = new Changelog.Memory(2, 1 << 20);

    @AutoClose
    private final TestServer server =
            TestServer.start(builder -> builder.retention(FIVE_CHANGES).memory(TWO_CHANGES));

    private final RestClient client = new RestClient(server.port());

    /** Revisions 1 to 4: a is at 4, b is at 3, c is gone; the rest is in another collection. */
    private void write() {
        client.put("/api/notes/a", "{}");
        client.put("/api/notes/c", "{}");
        client.put("/api/notes/b", "{\"n\":1}");
        client.put("/api/notes/a", "{\"n\":2}");
        client.delete("/api/notes/c");
    }

    /** Has retention pass all that was written so far. */
    private void pass() {
        for (int i = 0; i < 20; i++) {
            client.put("/api/tasks/1", "{\"n\":" + i + "}");
        }
        assertThat(server.store().horizonRevision()).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void a_position_whose_changes_are_gone_is_reset_by_history_gone(FollowBy by) {
        write();
        String position = client.position();
        pass();
        for (String since : List.of(position, "0", "3")) {
            checkReset(by, since, "history-gone");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_position_of_another_history_is_reset_by_other_epoch(FollowBy by) {
        write();
        checkReset(by, "other1-3", "other-epoch");
        checkReset(by, "other1-0", "other-epoch");
        checkReset(by, "other1-99999", "other-epoch");
    }

    @ParameterizedTest
    @EnumSource
    void a_position_above_everything_is_reset_by_ahead(FollowBy by) {
        write();
        checkReset(by, client.position().replaceAll("-.*", "-6"), "ahead");
        checkReset(by, "999999999999999999", "ahead");
    }

    private void checkReset(FollowBy by, String since, String reason) {
        try (Follower follower = by.follow(server, "/api/notes", since)) {
            Told reset = follower.next();
            assertThat(reset.type()).as("since=%s: %s", since, reset).isEqualTo("reset");
            assertThat(reset.data().path("reason").asString()).isEqualTo(reason);
            assertThat(reset.subject()).isEmpty();
            assertThat(reset.source()).isEqualTo("/api/notes");
            checkState(follower);
        }
    }

    /** The state that {@link #write} made, in order of revision, and the end of it. */
    private void checkState(Follower follower) {
        Told b = follower.next();
        Told a = follower.next();
        assertThat(List.of(b.type(), a.type())).containsOnly("created");
        assertThat(b.data()).isEqualTo(client.get("/api/notes/b").json());
        assertThat(a.data()).isEqualTo(client.get("/api/notes/a").json());
        assertThat(List.of(b.revision(), a.revision())).containsExactly(3L, 4L);
        Told synced = follower.next();
        assertThat(synced.type()).isEqualTo("synced");
        assertThat(synced.id()).isEqualTo(client.position());
    }

    @ParameterizedTest
    @EnumSource
    void the_horizon_itself_is_no_reset(FollowBy by) {
        write();
        pass();
        long last = server.store().headRevision() - 5;
        await().until(() -> server.store().horizonRevision() == last);
        String horizon = Long.toString(last);
        try (Follower follower = by.follow(server, "/api/tasks", horizon)) {
            for (int i = 0; i < 5; i++) {
                assertThat(follower.next().type()).isEqualTo("updated");
            }
            follower.synced();
        }
    }

    @ParameterizedTest
    @EnumSource
    void behind_a_reset_it_goes_on_live(FollowBy by) {
        write();
        try (Follower follower = by.follow(server, "/api/notes", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            checkState(follower);
            client.put("/api/notes/d", "{}");
            assertThat(follower.nextChange().subject()).isEqualTo("d");
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_who_breaks_off_right_behind_a_reset_starts_over(FollowBy by) {
        write();
        pass();
        String position;
        try (Follower follower = by.follow(server, "/api/notes", "1")) {
            assertThat(follower.next().isReset()).isTrue();
            position = follower.position();
        }
        assertThat(position).endsWith("-0");
        checkReset(by, position, "history-gone");
    }

    @ParameterizedTest
    @EnumSource
    void one_who_breaks_off_later_goes_on_from_the_last_created(FollowBy by) {
        write();
        String position;
        try (Follower follower = by.follow(server, "/api/notes", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            assertThat(follower.next().subject()).isEqualTo("b");
            position = follower.position();
        }
        try (Follower follower = by.follow(server, "/api/notes", position)) {
            assertThat(follower.nextChange().subject()).isEqualTo("a");
            assertThat(follower.nextChange().type()).isEqualTo("deleted");
            follower.synced();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reset_of_one_resource_tells_that_one(FollowBy by) {
        write();
        try (Follower follower = by.follow(server, "/api/notes/b", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            assertThat(follower.next().subject()).isEqualTo("b");
            follower.synced();
        }
        try (Follower follower = by.follow(server, "/api/notes/c", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            follower.synced();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reset_of_the_store_tells_all_collections(FollowBy by) {
        write();
        client.put("/api/tasks/1", "{}");
        try (Follower follower = by.follow(server, "/api", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            var subjects = new ArrayList<String>();
            for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                subjects.add(told.source() + "/" + told.subject());
            }
            assertThat(subjects).containsExactly("/api/notes/b", "/api/notes/a", "/api/tasks/1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reset_tells_no_data_where_none_is_wanted_and_whole_resources_for_patches(FollowBy by) {
        write();
        try (Follower follower = by.follow(server, "/api/notes?data=none", "other1-3")) {
            assertThat(follower.next().data().path("reason").asString()).isEqualTo("other-epoch");
            assertThat(follower.next().json().has("data")).isFalse();
        }
        try (Follower follower = by.follow(server, "/api/notes?data=patch", "other1-3")) {
            assertThat(follower.next().isReset()).isTrue();
            assertThat(follower.next().data())
                    .isEqualTo(client.get("/api/notes/b").json());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_long_state_is_told_whole_and_in_order_of_revision(FollowBy by) {
        String text = "x".repeat(2_000);
        for (int i = 0; i < 400; i++) {
            client.put(
                    "/api/notes/" + (i * 7) % 300, "{\"n\":" + i + ",\"text\":\"" + text + "\"}");
        }
        try (Follower follower = by.follow(server, "/api/notes", "0")) {
            assertThat(follower.next().isReset()).isTrue();
            var subjects = new ArrayList<String>();
            for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                assertThat(told.type()).isEqualTo("created");
                subjects.add(told.subject());
            }
            assertThat(subjects).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_whom_retention_overtakes_is_reset_while_it_is_connected(FollowBy by) {
        String text = "x".repeat(100_000);
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            for (int i = 0; i < 200; i++) {
                client.put("/api/notes/" + i % 3, "{\"n\":" + i + ",\"text\":\"" + text + "\"}");
            }
            Told told = follower.next();
            while (!told.isReset()) {
                assertThat(told.isChange()).isTrue();
                told = follower.next();
            }
            assertThat(told.data().path("reason").asString()).isEqualTo("history-gone");
            var state = new ArrayList<Long>();
            for (told = follower.next(); !told.isSynced(); told = follower.next()) {
                state.add(told.revision());
            }
            assertThat(state).containsExactly(198L, 199L, 200L);
        }
    }
}
