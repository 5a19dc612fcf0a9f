package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one may not read is, of all that it was, like what never was there; also where the retention of
 * its collection has cut some of that.
 */
class HiddenPastTest {
    /** What is kept in memory is told from there, also when it is cut. */
    private static final Changelog.Memory TWO_CHANGES = new Changelog.Memory(2, 1 << 20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As long as the ids of those that there are, so that answers are as long. */
    private static final String NEVER = "absent";

    private static final Set<String> TIMELY = Set.of("Date", "RateLimit");

    @TempDir
    private Path folder;

    private RuledServer server;
    private long lent;
    private long head;

    /** What changed last in the collection is the one change that is kept. */
    @BeforeEach
    void start() {
        server = RuledServer.start(folder, builder -> builder.memory(TWO_CHANGES));
        server.rule("notes", "{\"read\":\"resource.owner == auth.name\"}");
        for (int i = 0; i < 3; i++) {
            note("hidden", "bob", i);
            note("former", "bob", i);
            note("annown", "ann", i);
        }
        lent = note("lentto", "ann", 1);
        note("lentto", "bob", 2);
        server.send("root", "DELETE", "/api/notes/former", "");
        note("annown", "ann", 9);
        head = server.define("notes", """
                {"rules":{"read":"resource.owner == auth.name"},"retention":{"changes":1}}""");
        await().atMost(PATIENCE)
                .until(() -> server.get("root", "/api/notes?at=" + (head - 3)).status() == 410);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long note(String id, String owner, int n) {
        String path = "/api/notes/" + id;
        server.put(path, "{\"owner\":\"" + owner + "\",\"n\":" + n + "}");
        return server.get("root", path).json().path("_revision").asLong();
    }

    /** All that an answer says, but for the id, and what time changes. */
    private String shown(String who, String id, String query) {
        Answer answer = server.get(who, "/api/notes/" + id + query);
        List<String> fields = answer.headers().stream()
                .filter(field -> !TIMELY.contains(field.name()))
                .map(Object::toString)
                .sorted()
                .toList();
        return (answer.status() + "\n" + fields + "\n" + answer.text()).replace(id, NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "eve"})
    void an_earlier_state_of_it_is_answered_like_one_of_what_never_was(String who) {
        for (long at = 0; at <= head; at++) {
            String query = "?at=" + at;
            String never = shown(who, NEVER, query);
            assertThat(never).startsWith("404");
            assertThat(shown(who, "hidden", query)).isEqualTo(never);
            assertThat(shown(who, "former", query)).isEqualTo(never);
        }
    }

    @Test
    void where_nobody_is_let_there_is_nothing_for_anybody() {
        server.define("notes", "{\"retention\":{\"changes\":1}}");
        for (String id : List.of("hidden", "former", "annown")) {
            assertThat(shown("ann", id, "?at=3")).isEqualTo(shown("ann", NEVER, "?at=3"));
        }
    }

    @Test
    void what_one_reads_now_is_gone_where_it_is_cut() {
        assertThat(server.get("ann", "/api/notes/annown?at=4").status()).isEqualTo(410);
        assertThat(server.get("root", "/api/notes/hidden?at=2").status()).isEqualTo(410);
        assertThat(server.get("ann", "/api/notes/annown?at=" + (head - 1)).status())
                .isEqualTo(200);
    }

    private List<String> heard(FollowBy by, String who, String id, long since) {
        var heard = new ArrayList<String>();
        try (Follower follower = server.resume(by, who, "/api/notes/" + id, Long.toString(since))) {
            Told told = follower.next();
            for (; !told.isSynced(); told = follower.next()) {
                heard.add(told.type() + " " + told.data());
            }
            heard.add(told.type() + " " + told.id());
        }
        return heard;
    }

    @ParameterizedTest
    @EnumSource
    void who_watches_it_is_told_what_he_would_be_of_what_never_was(FollowBy by) {
        for (long since : List.of(1L, lent, head - 3, head - 2, head)) {
            List<String> never = heard(by, "ann", NEVER, since);
            assertThat(heard(by, "ann", "hidden", since)).isEqualTo(never);
            assertThat(heard(by, "ann", "former", since)).isEqualTo(never);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_has_seen_it_is_told_that_he_may_have_lost_something(FollowBy by) {
        assertThat(heard(by, "ann", "lentto", lent))
                .first()
                .asString()
                .startsWith("reset")
                .contains("history-gone");
        assertThat(heard(by, "root", NEVER, 1)).hasSize(1);
    }
}
