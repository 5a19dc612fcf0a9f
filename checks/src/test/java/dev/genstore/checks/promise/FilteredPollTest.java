package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PollMeter;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Resources;
import dev.genstore.store.Snapshot;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.StringNode;

import java.util.concurrent.Future;

/** Polls of some resources of a collection wait for those, whatever happens to the others. */
class FilteredPollTest {
    private static final String EQUALITY = "/api/notes?status=open";
    private static final String FILTER = "/api/notes?filter=status.startsWith(%22op%22)";
    private static final String PAGE = "application/cloudevents-batch+json";

    private final PollMeter meter = new PollMeter();

    @AutoClose
    private final TestServer server =
            TestServer.start(builder -> builder.meters(CommitMeter.NONE, meter)
                    .bind(Method.GET, "/open", Resources.class, new Open()));

    private final RestClient client = new RestClient(server.port());

    /** Shows where the store is, to those who want to know of what is open. */
    private static final class Open implements Action<Resources>, Watchable {
        @Override
        public Selection selection(Request request) {
            var status = new Term.Comparison(
                    Term.Relation.EQUAL,
                    Term.Member.of("status"),
                    new Term.Constant(StringNode.valueOf("open")));
            return new Selection(new Target.InCollection("notes"), Filter.of(status), Fields.ALL);
        }

        @Override
        public Reply act(Request request, Resources resources) {
            var position = new Position(resources.epoch(), resources.read(Snapshot::head));
            return Reply.json(200, "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .with("ETag", position.etag());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open", EQUALITY, FILTER})
    void a_snapshot_is_304_however_much_changes_where_the_filter_does_not_look(String target) {
        String known = client.position();
        write("closed", 1);
        write("closed", 2);
        Answer answer = poll(target, known, "wait=1");
        assertThat(answer.status()).isEqualTo(304);
        assertThat(RestClient.position(answer)).isEqualTo(client.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open", EQUALITY, FILTER})
    void a_snapshot_comes_with_the_first_change_that_matches(String target) throws Exception {
        String known = client.position();
        Future<Answer> waiting = Beside.start(() -> poll(target, known, "wait=30"));
        meter.awaitPoll();
        write("closed", 1);
        write("open", 2);
        assertThat(waiting.get().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open", EQUALITY, FILTER})
    void a_change_that_came_before_the_poll_is_not_waited_for(String target) {
        String known = client.position();
        write("open", 1);
        write("closed", 2);
        assertThat(poll(target, known, "wait=30").status()).isEqualTo(200);
        assertThat(poll(target, "other-1", "wait=30").status()).isEqualTo(200);
    }

    @Test
    void a_page_that_is_waited_for_comes_with_the_first_change_that_matches() throws Exception {
        Future<Answer> waiting = Beside.start(() -> RawHttp.get(
                server.port(),
                "/api/notes?status=open&since=0",
                "Accept",
                PAGE,
                "Prefer",
                "wait=30"));
        meter.awaitPoll();
        write("closed", 1);
        write("open", 2);
        assertThat(waiting.get().json().size()).isEqualTo(1);
        assertThat(waiting.get().json().get(0).path("type").asString()).isEqualTo("created");
        assertThat(waiting.get().header("Link").orElse(""))
                .startsWith("</api/notes?since=")
                .contains("&status=open>");
    }

    @Test
    void an_action_of_ones_own_that_shows_some_is_watched_at_its_url() {
        try (Follower follower = FollowBy.SSE.follow(server, "/open").synced()) {
            write("closed", 1);
            write("open", 2);
            assertThat(follower.nextChange().type()).isEqualTo("created");
        }
        Answer refused = RawHttp.get(server.port(), "/open?x=1", "Accept", PAGE);
        assertThat(refused.status()).isEqualTo(400);
    }

    private void write(String status, int n) {
        client.put("/api/notes/1", "{\"status\":\"" + status + "\",\"n\":" + n + "}");
    }

    private Answer poll(String target, String known, String prefer) {
        return RawHttp.get(
                server.port(),
                target,
                "Accept",
                "application/json",
                "If-None-Match",
                '"' + known + '"',
                "Prefer",
                prefer);
    }
}
