package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.Field;
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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** {@code at-least}: the answer comes when the server has come to a position. */
class AtLeastTest {
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
    void a_position_that_has_not_come_is_waited_for(String target) throws Exception {
        Future<Answer> waiting = whileWaiting(
                () -> RawHttp.get(server.port(), target + "?at-least=3", "Prefer", "wait=30"));
        client.put("/api/tasks/1", "{}");
        client.put("/api/notes/1", "{\"n\":2}");
        assertIsOfRevision3(waiting.get());
    }

    @Test
    void a_query_waits_as_well() throws Exception {
        Future<Answer> waiting = whileWaiting(() -> query("{\"at-least\":3}"));
        client.put("/api/tasks/1", "{}");
        client.put("/api/notes/1", "{\"n\":2}");
        assertIsOfRevision3(waiting.get());
    }

    @Test
    void a_poll_first_waits_for_the_position_and_then_for_a_change() throws Exception {
        Future<Answer> waiting = whileWaiting(() -> poll("2", "wait=30"));
        client.put("/api/tasks/1", "{}");
        client.put("/api/notes/1", "{\"n\":2}");
        assertThat(waiting.get().status()).isEqualTo(200);
        assertThat(waiting.get().text()).contains("\"n\":2");
    }

    @Test
    void an_earlier_state_that_has_not_come_is_waited_for() throws Exception {
        Future<Answer> waiting = whileWaiting(() ->
                RawHttp.get(server.port(), "/api/notes/1?at-least=2&at=2", "Prefer", "wait=30"));
        client.put("/api/notes/1", "{\"n\":2}");
        assertThat(waiting.get().header("ETag").orElse("")).endsWith("-2\"");
    }

    @Test
    void who_waits_does_not_hold_up_a_stop() throws Exception {
        Future<Answer> waiting = whileWaiting(
                () -> RawHttp.get(server.port(), "/api/notes?at-least=9", "Prefer", "wait=60"));
        server.store().close();
        assertThat(waiting.get().status()).isEqualTo(503);
        assertThat(waiting.get().header("Retry-After")).isPresent();
    }

    private static void assertIsOfRevision3(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(answer.header("ETag").orElse("")).endsWith("-3\"");
    }

    private Answer query(String body) {
        List<Field> headers =
                RawHttp.fields("Content-Type", "application/json", "Prefer", "wait=30");
        return RawHttp.send(
                server.port(),
                "QUERY",
                "/api/notes",
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer poll(String atLeast, String prefer) {
        return RawHttp.get(
                server.port(),
                "/api/notes?at-least=" + atLeast,
                "If-None-Match",
                "\"1\"",
                "Prefer",
                prefer);
    }

    private Future<Answer> whileWaiting(Callable<Answer> asking) {
        Future<Answer> waiting = Beside.start(asking);
        meter.awaitPoll();
        return waiting;
    }
}
