package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.hub.DataMode;
import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.query.Authority;
import dev.genstore.query.Selection;
import dev.genstore.query.Views;
import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Binding;
import dev.genstore.router.Contexts;
import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Router;
import dev.genstore.router.Template;
import dev.genstore.router.Watchable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The same URL means what the method and the headers say. */
class AskingReaderTest {
    private static final String SSE = "text/event-stream";
    private static final String PAGE = "application/cloudevents-batch+json";
    private static final Target NOTES = new Target.InCollection("notes");

    private final AskingReader reader = new AskingReader(new Router(
            List.of(
                    bind(Method.GET, "/notes", new Shown()),
                    bind(Method.POST, "/notes", new Shown()),
                    bind(Method.GET, "/taking", new Taking()),
                    bind(Method.GET, "/waiting", new Waiting()),
                    bind(Method.QUERY, "/waiting", new Waiting()),
                    bind(Method.GET, "/plain", (request, context) -> Reply.of(204))),
            Contexts.none().with(String.class, "context")));

    private static class Shown implements Action<Object>, Watchable {
        @Override
        public Reply act(Request request, Object context) {
            return Reply.of(204);
        }

        @Override
        public Selection selection(Request request) {
            return Selection.of(NOTES);
        }
    }

    private static final class Taking extends Shown {
        @Override
        public boolean takes(String parameter) {
            return parameter.equals("mine");
        }
    }

    private static final class Waiting extends Shown implements Awaiting {
        @Override
        public Optional<Position> awaited(Request request) {
            return Optional.of(new Position(null, 7));
        }
    }

    private static Binding<String> bind(Method method, String path, Action<Object> action) {
        return new Binding<>(method, Template.parse(path), String.class, action);
    }

    private static Asking.Stream stream(Transport transport, Watch watch, Start start) {
        Sight sight = Sight.of(Views.WITHOUT_RULES, Authority.ALL, watch.selection());
        return new Asking.Stream(transport, watch, start, sight);
    }

    @Test
    void a_get_is_answered_by_its_action() {
        assertThat(reader.read(get("/notes"))).isInstanceOf(Asking.Reply.class);
        assertThat(reader.read(get("/notes", "Accept", "*/*"))).isInstanceOf(Asking.Reply.class);
    }

    @ParameterizedTest
    @CsvSource({"text/event-stream, SSE", "application/x-ndjson, NDJSON"})
    void a_stream_is_asked_for_by_its_type(String type, Transport transport) {
        assertThat(reader.read(get("/notes?since=k3f9-7&data=patch", "Accept", type)))
                .isEqualTo(stream(
                        transport,
                        new Watch(NOTES, DataMode.PATCH),
                        new Start.After(new Position("k3f9", 7))));
    }

    @Test
    void without_a_position_a_stream_starts_now_and_tells_everything() {
        assertThat(reader.read(get("/notes", "Accept", SSE)))
                .isEqualTo(stream(Transport.SSE, new Watch(NOTES, DataMode.FULL), new Start.Now()));
    }

    @Test
    void last_event_id_wins_over_since_unless_it_is_empty() {
        Request both = get("/notes?since=1", "Accept", SSE, "Last-Event-ID", "k3f9-8");
        assertThat(AskingReader.start(both)).isEqualTo(new Start.After(new Position("k3f9", 8)));
        Request empty = get("/notes?since=1", "Accept", SSE, "Last-Event-ID", "");
        assertThat(AskingReader.start(empty)).isEqualTo(new Start.After(new Position(null, 1)));
    }

    @Test
    void since_can_be_a_time() {
        Request time = get("/notes?since=1970-01-01T01:00:00.007%2B01:00", "Accept", SSE);
        assertThat(AskingReader.start(time)).isEqualTo(new Start.AfterTime(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=30                     | 30",
                "wait=\"30\"                 | 30",
                "respond-async, wait=5       | 5",
                "return=minimal, WAIT = 7    | 7",
                "wait=6;foo                  | 6",
                "return=minimal; wait=7      | 0",
                "foo=\"a, wait=10\"           | 0",
                "wait=5, wait=9              | 5",
                "wait=0                      | 0",
                "wait=121                    | 120",
                "wait=999999                 | 120",
                "wait=-1                     | 0",
                "wait=soon                   | 0",
                "await=9                     | 0",
                "wait=3x                     | 0",
                "return=minimal              | 0"
            })
    void patience_is_what_prefer_says_and_two_minutes_at_most(String prefer, int seconds) {
        Asking asking = reader.read(get("/notes", "Accept", PAGE, "Prefer", prefer));
        assertThat(asking)
                .isInstanceOfSatisfying(
                        Asking.Changes.class,
                        changes -> assertThat(changes.patience())
                                .isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void a_snapshot_is_waited_for_only_by_who_says_what_it_has() {
        assertThat(reader.read(get("/notes", "Prefer", "wait=30")))
                .isInstanceOf(Asking.Reply.class);
        assertThat(reader.read(get("/notes", "If-None-Match", "\"1\"")))
                .isInstanceOf(Asking.Reply.class);
        assertThat(reader.read(get("/notes", "Prefer", "wait=30", "If-None-Match", "\"1\"")))
                .isInstanceOf(Asking.Snapshot.class);
    }

    @Test
    void an_earlier_state_never_changes_so_it_is_not_waited_for() {
        assertThat(reader.read(get("/notes?at=1", "Prefer", "wait=30", "If-None-Match", "\"1\"")))
                .isInstanceOf(Asking.Reply.class);
    }

    @Test
    void a_position_is_waited_for_where_the_action_can_tell_which() {
        assertThat(wish("/waiting?at-least=7", "Prefer", "wait=30").patience()).hasSeconds(30);
        assertThat(wish("/waiting?at-least=7").patience()).isZero();
        assertThat(wish("/waiting?at-least=7").awaiting()).isNotNull();
        assertThat(wish("/waiting", "Prefer", "wait=30").awaiting()).isNull();
        assertThat(wish("/notes?at-least=7", "Prefer", "wait=30").awaiting()).isNull();
    }

    private Asking.Reply wish(String target, String... fields) {
        return (Asking.Reply) reader.read(get(target, fields));
    }

    @Test
    void a_query_may_name_in_its_body_what_it_waits_for() {
        Request query = Request.of(
                Method.QUERY, "/waiting", Headers.NONE.with("Prefer", "wait=9"), new byte[0]);
        assertThat(reader.read(query)).isInstanceOfSatisfying(Asking.Reply.class, reply -> {
            assertThat(reply.awaiting()).isNotNull();
            assertThat(reply.patience()).hasSeconds(9);
        });
    }

    @Test
    void what_is_no_get_or_shows_nothing_is_left_to_its_action() {
        Request post =
                Request.of(Method.POST, "/notes", Headers.NONE.with("Accept", SSE), new byte[0]);
        assertThat(reader.read(post)).isInstanceOf(Asking.Reply.class);
        assertThat(reader.read(get("/plain", "Accept", SSE))).isInstanceOf(Asking.Reply.class);
        assertThat(reader.read(get("/nothing", "Accept", SSE))).isInstanceOf(Asking.Reply.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notes?since=x",
                "/notes?since=",
                "/notes?since=-1",
                "/notes?since=1.5",
                "/notes?since=2026-01-01T00:00:00",
                "/notes?since=1970-01-01T01:00:00.007+01:00",
                "/notes?data=all",
                "/notes?filter=a",
                "/notes?limit=1",
                "/notes?cursor=s1.1.1"
            })
    void a_parameter_that_is_wrong_or_not_known_is_refused(String target) {
        assertThatThrownBy(() -> reader.read(get(target, "Accept", SSE)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=a", "limit=1", "cursor=x", "at=1", "at-least=1"})
    void what_only_a_list_takes_is_refused_in_plain_words(String parameter) {
        assertThatThrownBy(() -> reader.read(get("/taking?" + parameter, "Accept", SSE)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is for lists");
    }

    @Test
    void what_the_action_takes_is_left_to_it() {
        for (String accept : List.of(SSE, PAGE)) {
            assertThat(reader.read(get("/taking?mine=1&since=0", "Accept", accept)))
                    .isNotInstanceOf(Asking.Reply.class);
            assertThatThrownBy(() -> reader.read(get("/taking?other=1", "Accept", accept)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("'other' is not supported");
        }
    }

    @Test
    void a_websocket_is_found_by_its_url_whatever_it_accepts() {
        assertThat(reader.readSocket(get("/notes?since=0", "Accept", "image/png")))
                .isEqualTo(stream(
                        Transport.WEBSOCKET,
                        new Watch(NOTES, DataMode.FULL),
                        new Start.After(new Position(null, 0))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/nothing"})
    void where_nothing_is_shown_there_is_no_websocket(String path) {
        assertThatThrownBy(() -> reader.readSocket(get(path)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    private static Request get(String target, String... fields) {
        Headers headers = Headers.NONE;
        for (int i = 0; i < fields.length; i += 2) {
            headers = headers.with(fields[i], fields[i + 1]);
        }
        return Request.of(Method.GET, target, headers, new byte[0]);
    }
}
