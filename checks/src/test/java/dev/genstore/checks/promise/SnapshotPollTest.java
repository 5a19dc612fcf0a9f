package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.PollMeter;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.store.CommitMeter;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.Future;

/** A snapshot that is waited for until it differs from what the client has. */
class SnapshotPollTest {
    private final PollMeter meter = new PollMeter();

    @AutoClose
    private final TestServer server =
            TestServer.start(builder -> builder.meters(CommitMeter.NONE, meter));

    private final RestClient client = new RestClient(server.port());

    @BeforeEach
    void write_a_note() {
        client.put("/api/notes/1", "{\"n\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/notes", "/api/notes/1"})
    void the_snapshot_comes_as_soon_as_it_differs(String target) throws Exception {
        Answer known = client.get(target);
        Future<Answer> waiting = whileWaiting(target, known);
        client.put("/api/notes/1", "{\"n\":2}");
        Answer answer = waiting.get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(answer.json()).isEqualTo(client.get(target).json());
        assertThat(answer.header("ETag")).isNotEqualTo(known.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/notes", "/api/notes/1"})
    void it_is_304_at_the_end_of_the_wait(String target) {
        Answer known = client.get(target);
        Answer answer = poll(target, known.header("ETag").orElseThrow(), "wait=1");
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(known.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/notes", "/api/notes/1"})
    void what_changes_elsewhere_does_not_end_the_wait(String target) throws Exception {
        Future<Answer> waiting = whileWaiting(target, client.get(target));
        client.put("/api/tasks/1", "{}");
        client.put("/api/notes/1", "{\"n\":2}");
        assertThat(waiting.get().text()).contains("\"n\":2");
    }

    @Test
    void a_change_that_came_before_the_poll_is_not_waited_for() {
        Answer known = client.get("/api/notes");
        client.put("/api/notes/2", "{}");
        Answer answer = poll("/api/notes", known.header("ETag").orElseThrow(), "wait=30");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"id\":\"2\"");
    }

    @Test
    void a_position_of_another_history_is_not_waited_with() {
        assertThat(poll("/api/notes", "\"other-1\"", "wait=30").status()).isEqualTo(200);
        assertThat(poll("/api/notes/1", "\"other-1\"", "wait=30").status()).isEqualTo(200);
    }

    @Test
    void a_deletion_ends_the_wait_for_a_resource() throws Exception {
        Future<Answer> waiting = whileWaiting("/api/notes/1", client.get("/api/notes/1"));
        client.delete("/api/notes/1");
        assertThat(waiting.get().status()).isEqualTo(404);
    }

    @Test
    void without_a_wait_it_is_304_at_once() {
        String tag = client.get("/api/notes").header("ETag").orElseThrow();
        assertThat(poll("/api/notes", tag, "").status()).isEqualTo(304);
        assertThat(poll("/api/notes", tag, "wait=0").status()).isEqualTo(304);
    }

    @Test
    void without_a_tag_there_is_nothing_to_wait_for() {
        Answer answer = RawHttp.get(server.port(), "/api/notes", "Prefer", "wait=30");
        assertThat(answer.status()).isEqualTo(200);
    }

    private Future<Answer> whileWaiting(String target, Answer known) {
        String tag = known.header("ETag").orElseThrow();
        Future<Answer> waiting = Beside.start(() -> poll(target, tag, "wait=30"));
        meter.awaitPoll();
        return waiting;
    }

    private Answer poll(String target, String tag, String prefer) {
        return RawHttp.get(
                server.port(),
                target,
                "Accept",
                "application/json",
                "If-None-Match",
                tag,
                "Prefer",
                prefer);
    }
}
