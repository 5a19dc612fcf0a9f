package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes that were done as one are told so, on every transport and from every position. */
class BatchedWritesTest {
    private static final String TWO = """
            {"operations":[{"method":"PUT","url":"/api/notes/1","body":{}},
                           {"method":"PUT","url":"/api/notes/2","body":{}}]}""";

    private TestServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_events_of_a_batch_name_its_last_change(FollowBy by) {
        try (Follower follower = by.follow(server, "/api").synced()) {
            write("notes/1", "tasks/1", "notes/2");
            for (int revision = 1; revision <= 3; revision++) {
                Told told = follower.nextChange();
                assertThat(told.revision()).isEqualTo(revision);
                assertThat(told.commit()).isEqualTo(position(3));
            }
            write("notes/3");
            assertThat(follower.nextChange().commit()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_event_of_a_batch_tells_who_made_it(FollowBy by) {
        var client = new RestClient(server.port());
        try (Follower follower = by.follow(server, "/api").synced()) {
            client.post("/api/_batch", TWO, "Request-Id", "me-7");
            assertThat(follower.nextChange().origin()).isEqualTo("me-7");
            assertThat(follower.nextChange().origin()).isEqualTo("me-7");
            client.post("/api/_batch", TWO.replace("notes", "tasks"));
            assertThat(follower.nextChange().origin()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_synced_follows_where_the_last_change_is_not_watched(FollowBy by) {
        try (Follower follower = by.follow(server, "/api/notes").synced()) {
            write("notes/1", "notes/2", "tasks/1");
            assertThat(follower.nextChange().commit()).isEqualTo(position(3));
            assertThat(follower.nextChange().commit()).isEqualTo(position(3));
            assertThat(follower.synced().position()).isEqualTo(position(3));
            write("notes/3");
            assertThat(follower.nextChange().prev()).isEqualTo(position(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_position_inside_a_batch_gives_the_rest_of_it(FollowBy by) {
        write("notes/1", "notes/2", "tasks/1", "notes/3", "tasks/2");
        write("tasks/3");
        for (int since = 0; since < 5; since++) {
            try (Follower follower = by.follow(server, "/api/notes", position(since))) {
                assertThat(upToCommit(follower)).isEqualTo(notesAbove(since));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_is_the_same_batch_behind_a_restart(FollowBy by) {
        write("notes/1", "notes/2", "tasks/1");
        server.close();
        server = TestServer.start(folder);
        try (Follower follower = by.follow(server, "/api/notes", position(1))) {
            assertThat(follower.next().commit()).isEqualTo(position(3));
            assertThat(follower.synced().position()).isEqualTo(position(3));
        }
    }

    @Test
    void a_program_writes_all_or_nothing_and_is_told_which_was_refused() {
        write("notes/1");
        var refused = new Write("notes", "2", new Edit.Delete(), Precondition.NONE, null);
        Problem problem = catchThrowableOfType(
                Problem.class, () -> resources().writeAll(List.of(put("notes/3"), refused)));
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly("/1");
        assertThat(resources().find("notes", "3")).isEmpty();
        assertThat(server.store().headRevision()).isEqualTo(1);
    }

    /** The revisions of what it is told, up to the end of the batch. */
    private static List<Long> upToCommit(Follower follower) {
        var told = new ArrayList<Long>();
        do {
            told.add(follower.next().revision());
        } while (told.getLast() < 5);
        return told;
    }

    private static List<Long> notesAbove(long since) {
        return Stream.of(1L, 2L, 4L, 5L).filter(revision -> revision > since).toList();
    }

    private void write(String... paths) {
        resources().writeAll(Stream.of(paths).map(this::put).toList());
    }

    private Write put(String path) {
        String[] names = path.split("/", 2);
        var edit = new Edit.Replace(
                server.store().resources().draft("{}".getBytes(UTF_8)).members());
        return new Write(names[0], names[1], edit, Precondition.NONE, null);
    }

    private Resources resources() {
        return server.store().resources();
    }

    private String position(long revision) {
        return resources().epoch() + "-" + revision;
    }
}
