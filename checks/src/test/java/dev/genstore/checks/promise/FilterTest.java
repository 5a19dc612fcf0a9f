package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Who watches some resources of a collection is told what changes among those, however he says which.
 */
@ParameterizedClass
@ValueSource(
        strings = {
            "status=open",
            "filter=status%20%3D%3D%20%22open%22",
            "filter=size(status)%3D%3D4%26%26status.startsWith(%22op%22)"
        })
class FilterTest {
    private static final AtomicInteger COLLECTIONS = new AtomicInteger();
    private static final String NOTHING = "";
    private static TestServer server;
    private static RestClient client;

    private final String notes = "/api/notes" + COLLECTIONS.incrementAndGet();
    private final String some;
    private final String open;

    FilterTest(String some) {
        this.some = "?" + some;
        this.open = notes + this.some;
    }

    @BeforeAll
    static void start() {
        server = TestServer.start();
        client = new RestClient(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What a resource was and what it becomes, and what that is to who watches those that are open. */
    enum Row {
        MADE_MATCHING("none", "open", "created"),
        MADE_OTHERWISE("none", "closed", NOTHING),
        BEGAN_TO_MATCH("closed", "open", "created"),
        STOPPED("open", "closed", "deleted"),
        STAYED("open", "open", "updated"),
        STAYED_AWAY("closed", "closed", NOTHING),
        DELETED_WHILE_MATCHING("open", "none", "deleted"),
        DELETED_OTHERWISE("closed", "none", NOTHING);

        private final String before;
        private final String after;
        private final String type;

        Row(String before, String after, String type) {
            this.before = before;
            this.after = after;
            this.type = type;
        }
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(Row.values())
                .flatMap(row -> Arrays.stream(FollowBy.values()).map(by -> Arguments.of(row, by)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_change_is_told_as_what_it_is_to_who_watches(Row row, FollowBy by) {
        write("1", row.before, 1);
        String since = client.position();
        try (Follower live = by.follow(server, open).synced()) {
            write("1", row.after, 2);
            write("end", "open", 0);
            List<Told> told = upToEnd(live);
            assertThat(told.stream().map(Told::type)).containsExactlyElementsOf(due(row));
            assertThat(told).allMatch(FilterTest::hasDueData);
            try (Follower later = by.follow(server, open, since)) {
                assertThat(upToEnd(later)).isEqualTo(told);
            }
        }
    }

    private static List<String> due(Row row) {
        return row.type.isEmpty() ? List.of("created") : List.of(row.type, "created");
    }

    private static boolean hasDueData(Told told) {
        return told.type().equals("deleted")
                ? told.data()
                        .equals(Trees.read("{\"id\":\"" + told.subject() + "\",\"_revision\":"
                                + told.revision() + "}"))
                : told.data().path("status").asString().equals("open");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void behind_a_reset_there_is_what_matches_now(Row row, FollowBy by) {
        write("1", row.before, 1);
        write("1", row.after, 2);
        write("end", "open", 0);
        try (Follower follower = by.follow(server, open, "other-1")) {
            assertThat(follower.next().type()).isEqualTo("reset");
            List<String> told = upToEnd(follower).stream().map(Told::subject).toList();
            assertThat(told)
                    .isEqualTo(row.after.equals("open") ? List.of("1", "end") : List.of("end"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_enters_is_told_whole_and_then_by_patches(FollowBy by) {
        try (Follower follower = by.follow(server, open + "&data=patch").synced()) {
            write("1", "closed", 1);
            write("1", "open", 1);
            Told entered = follower.nextChange();
            assertThat(entered.type()).isEqualTo("created");
            assertThat(entered.json().has("patch")).isFalse();
            assertThat(entered.data()).isEqualTo(client.get(notes + "/1").json());
            write("1", "open", 2);
            Told updated = follower.nextChange();
            assertThat(updated.json().path("patch").asBoolean()).isTrue();
            assertThat(updated.data().path("n").asInt()).isEqualTo(2);
            assertThat(updated.data().has("status")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_the_fields_that_were_asked_for_are_told(FollowBy by) {
        try (Follower follower = by.follow(server, open + "&fields=n").synced()) {
            write("1", "open", 7);
            Told told = follower.nextChange();
            assertThat(told.data())
                    .isEqualTo(Trees.read(
                            "{\"id\":\"1\",\"_revision\":" + told.revision() + ",\"n\":7}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_resource_is_watched_for_as_long_as_it_matches(FollowBy by) {
        try (Follower follower = by.follow(server, notes + "/1" + some).synced()) {
            write("1", "closed", 1);
            write("2", "open", 1);
            write("1", "open", 1);
            write("1", "closed", 1);
            assertThat(follower.nextChange().type()).isEqualTo("created");
            assertThat(follower.nextChange().type()).isEqualTo("deleted");
        }
    }

    @Test
    void the_order_of_parameters_makes_no_other_watch() {
        long before = server.store().feedCount();
        try (Follower one = FollowBy.SSE.follow(server, open + "&b=2").synced();
                Follower other = FollowBy.SSE
                        .follow(server, notes + "?b=2&" + some.substring(1))
                        .synced()) {
            assertThat(server.store().feedCount()).isEqualTo(before + 1);
            client.put(notes + "/1", "{\"status\":\"open\",\"b\":2}");
            assertThat(one.nextChange()).isEqualTo(other.nextChange());
        }
    }

    private List<Told> upToEnd(Follower follower) {
        List<Told> told = new ArrayList<>();
        Told next = follower.nextChange();
        while (!next.subject().equals("end")) {
            told.add(next);
            next = follower.nextChange();
        }
        told.add(next);
        return told;
    }

    private void write(String id, String status, int n) {
        String path = notes + "/" + id;
        if (!status.equals("none")) {
            client.put(path, "{\"status\":\"" + status + "\",\"n\":" + n + "}");
        } else if (n > 1) {
            client.delete(path);
        }
    }
}
