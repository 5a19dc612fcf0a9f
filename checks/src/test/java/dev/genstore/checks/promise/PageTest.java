package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.PollMeter;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.Json;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Write;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Pages of changes, asked for once or waited for. */
class PageTest {
    private static final String TYPE = "application/cloudevents-batch+json";

    private final PollMeter meter = new PollMeter();

    @AutoClose
    private final TestServer server =
            TestServer.start(builder -> builder.meters(CommitMeter.NONE, meter));

    private final RestClient client = new RestClient(server.port());

    @Test
    void a_page_has_the_changes_after_since_as_an_array_and_a_link_that_goes_on() {
        client.put("/api/notes/1", "{}");
        client.put("/api/notes/2", "{}");
        Answer page = page("/api/notes?since=1");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains(TYPE);
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(subjects(page)).containsExactly("2");
        assertThat(next(page)).isEqualTo("/api/notes?since=" + client.position());
        assertThat(page(next(page)).text()).isEqualTo("[]");
    }

    @Test
    void a_page_without_since_is_empty_and_its_link_begins_now() {
        client.put("/api/notes/1", "{}");
        Answer page = page("/api/notes");
        assertThat(page.text()).isEqualTo("[]");
        client.put("/api/notes/2", "{}");
        assertThat(subjects(page(next(page)))).containsExactly("2");
    }

    @Test
    void the_link_goes_on_behind_what_is_not_watched() {
        client.put("/api/notes/1", "{}");
        client.put("/api/tasks/1", "{}");
        Answer page = page("/api/notes?since=0");
        assertThat(subjects(page)).containsExactly("1");
        assertThat(next(page)).endsWith("since=" + client.position());
    }

    @Test
    void the_link_keeps_what_was_asked_for() {
        client.put("/api/notes/1", "{}");
        Answer page = page("/api/notes/1?since=0&data=none");
        assertThat(next(page)).isEqualTo("/api/notes/1?since=" + client.position() + "&data=none");
        client.put("/api/notes/1", "{\"n\":1}");
        assertThat(page(next(page)).json().get(0).has("data")).isFalse();
    }

    @Test
    void a_page_ends_before_it_is_too_long() {
        String text = "x".repeat(50_000);
        for (int i = 0; i < 20; i++) {
            client.put("/api/notes/" + i, "{\"text\":\"" + text + "\"}");
        }
        Answer first = page("/api/notes?since=0");
        assertThat(first.body().length).isLessThan(400_000);
        assertThat(subjects(first)).hasSizeBetween(1, 19);
        try (Follower follower = FollowBy.PAGES.follow(server, "/api/notes", "0")) {
            for (int i = 0; i < 20; i++) {
                assertThat(follower.next().subject()).isEqualTo("" + i);
            }
        }
    }

    @Test
    void a_page_that_finds_nothing_in_much_of_the_log_says_how_far_it_looked() throws IOException {
        try (var much =
                PartsServer.start(new MemoryDisk(new Random(1)).open(), new ManualClock())) {
            for (int i = 0; i < 66; i++) {
                much.resources().writeAll(thousand(i));
            }
            Answer page =
                    RawHttp.get(much.port(), "/api/notes?status=done&since=0", "Accept", TYPE);
            assertThat(page.text()).isEqualTo("[]");
            assertThat(next(page)).contains("-65536&status=done");
        }
    }

    private static List<Write> thousand(int number) {
        var json = Json.trusted(("{\"n\":" + number + "}").getBytes(UTF_8));
        return IntStream.range(0, 1_000)
                .mapToObj(i ->
                        new Write("notes", "" + i, new Edit.Replace(json), Precondition.NONE, null))
                .toList();
    }

    @Test
    void a_page_that_is_waited_for_comes_with_the_first_change() throws Exception {
        Answer page = page("/api/notes");
        Future<Answer> waiting = whileWaiting(next(page));
        client.put("/api/tasks/1", "{}");
        client.put("/api/notes/1", "{}");
        Answer answer = waiting.get();
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(subjects(answer)).containsExactly("1");
        assertThat(subjects(page(next(page)))).containsExactly("1");
    }

    @Test
    void a_page_that_is_waited_for_comes_at_once_when_there_are_changes() {
        client.put("/api/notes/1", "{}");
        Answer answer = RawHttp.get(
                server.port(), "/api/notes?since=0", "Accept", TYPE, "Prefer", "wait=30");
        assertThat(subjects(answer)).containsExactly("1");
    }

    @Test
    void a_page_is_empty_at_the_end_of_the_wait() {
        Answer answer = RawHttp.get(
                server.port(), "/api/notes?since=0", "Accept", TYPE, "Prefer", "wait=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("[]");
        assertThat(answer.header("Preference-Applied")).contains("wait=1");
        client.put("/api/notes/1", "{}");
        assertThat(subjects(page(next(answer)))).containsExactly("1");
    }

    @Test
    void a_wait_that_is_none_does_not_count() {
        for (String prefer : new String[] {"wait=soon", "wait", "respond-async", "wait=-1", ""}) {
            Answer answer =
                    RawHttp.get(server.port(), "/api/notes", "Accept", TYPE, "Prefer", prefer);
            assertThat(answer.text()).isEqualTo("[]");
            assertThat(answer.header("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void a_wait_may_stand_among_other_preferences() throws Exception {
        Future<Answer> waiting = Beside.start(() -> RawHttp.get(
                server.port(),
                "/api/notes",
                "Accept",
                TYPE,
                "Prefer",
                "respond-async, wait=30; x=y"));
        meter.awaitPoll();
        client.put("/api/notes/1", "{}");
        assertThat(subjects(waiting.get())).containsExactly("1");
    }

    @Test
    void a_wait_is_known_in_capitals_and_with_blanks() {
        for (String prefer : new String[] {"Wait=1", "WAIT = 1", "respond-async, wait =\"1\""}) {
            Answer answer =
                    RawHttp.get(server.port(), "/api/notes", "Accept", TYPE, "Prefer", prefer);
            assertThat(answer.header("Preference-Applied")).as(prefer).contains("wait=1");
        }
    }

    @Test
    void many_wait_for_the_same_change() throws Exception {
        Future<Answer> one = whileWaiting("/api/notes?since=0");
        Future<Answer> other = whileWaiting("/api/notes/1?since=0");
        Future<Answer> third = whileWaiting("/api?since=0");
        client.put("/api/notes/1", "{}");
        assertThat(subjects(one.get())).containsExactly("1");
        assertThat(subjects(other.get())).containsExactly("1");
        assertThat(subjects(third.get())).containsExactly("1");
    }

    /** A page is asked for, and the server has begun to wait. */
    private Future<Answer> whileWaiting(String target) {
        Future<Answer> waiting = Beside.start(
                () -> RawHttp.get(server.port(), target, "Accept", TYPE, "Prefer", "wait=30"));
        meter.awaitPoll();
        return waiting;
    }

    private Answer page(String target) {
        return RawHttp.get(server.port(), target, "Accept", TYPE);
    }

    private static String next(Answer page) {
        String link = page.header("Link").orElseThrow();
        assertThat(link).startsWith("</api").endsWith(">; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    private static List<String> subjects(Answer page) {
        return page.json()
                .valueStream()
                .map((JsonNode event) -> event.path("subject").asString())
                .toList();
    }
}
