package dev.genstore.checks.connections;

import static dev.genstore.checks.connections.CommandedSocket.unwatching;
import static dev.genstore.checks.connections.CommandedSocket.watching;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.Settings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a client may say on a WebSocket, and what it is answered. */
class CommandsTest {
    private static CountedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = CountedServer.start(folder, Settings.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CommandedSocket open() {
        return CommandedSocket.open(server.connect());
    }

    @Test
    void a_watch_is_answered_with_its_position_and_then_told() {
        try (var socket = open()) {
            server.create("plain", 1);
            String position = socket.watch("/api/plain");
            assertThat(position).endsWith("-" + server.store().headRevision());
            Told synced = socket.next("/api/plain");
            assertThat(synced.type()).isEqualTo("synced");
            assertThat(position).endsWith("-" + synced.revision());
            server.create("plain", 1);
            assertThat(socket.next("/api/plain").type()).isEqualTo("created");
        }
    }

    @Test
    void a_live_window_that_cannot_be_had_is_a_problem_and_the_next_command_waits_for_it() {
        server.create("heavy", 6, 1_000_000);
        String window = "/api/heavy?sort=-number&limit=5";
        try (var socket = open()) {
            socket.send(List.of(watching(window), watching("/api/plain")));
            assertThat(socket.answer().path("problem").path("type").asString(""))
                    .isEqualTo("/problems/invalid-parameter");
            assertThat(socket.answer().path("watching").asString("")).isEqualTo("/api/plain");
            socket.watch("/api/heavy?sort=-number&limit=1");
            assertThat(socket.next("/api/heavy?sort=-number&limit=1").type()).isEqualTo("created");
            assertThat(socket.problem(watching(window))).isEqualTo("invalid-parameter");
        }
    }

    @Test
    void a_socket_at_no_url_is_told_nothing_before_it_asks() {
        try (var socket = open()) {
            server.create("quiet", 1);
            assertThat(socket.problem("{}")).isEqualTo("invalid-command");
            assertThat(socket.unseen("")).isZero();
        }
    }

    @Test
    void what_the_socket_was_opened_at_names_no_watch_and_what_was_commanded_does() {
        try (var socket = CommandedSocket.open(server.connect(), "/api/own")) {
            socket.watch("/api/own");
            socket.watch("/api/own?data=none");
            server.create("own", 1);
            assertThat(socket.nextOfItsOwn().type()).isEqualTo("synced");
            assertThat(socket.nextOfItsOwn().type()).isEqualTo("created");
            for (String url : List.of("/api/own", "/api/own?data=none")) {
                assertThat(socket.next(url).type()).isEqualTo("synced");
                assertThat(socket.next(url).type()).isEqualTo("created");
            }
        }
    }

    @Test
    void behind_the_answer_to_an_unwatch_nothing_of_it_is_told() {
        try (var socket = open()) {
            socket.watch("/api/left");
            socket.watch("/api/stayed");
            socket.unwatch("/api/left");
            int before = socket.unseen("/api/left");
            server.create("left", 1);
            server.create("stayed", 1);
            assertThat(socket.next("/api/stayed").type()).isEqualTo("synced");
            assertThat(socket.next("/api/stayed").type()).isEqualTo("created");
            assertThat(socket.unseen("/api/left")).isEqualTo(before);
            socket.watch("/api/left");
        }
    }

    @Test
    void what_is_there_already_is_told_from_a_position_which_may_be_a_number() {
        try (var socket = open()) {
            server.create("since", 1);
            long first = server.store().headRevision();
            server.create("since", 1);
            socket.watch("/api/since", Long.toString(first));
            assertThat(socket.next("/api/since")).isEqualTo(new Told("created", first + 1, ""));
            assertThat(socket.next("/api/since").type()).isEqualTo("synced");
            socket.send("{\"since\":0,\"watch\":\"/api/since?data=none\"}");
            assertThat(socket.answer().get("position").stringValue()).endsWith("-0");
            assertThat(socket.upTo("/api/since?data=none", first + 1))
                    .containsExactly(first, first + 1);
        }
    }

    @Test
    void a_position_that_is_lost_is_answered_and_then_reset() {
        try (var socket = open()) {
            server.create("lost", 1);
            assertThat(socket.watch("/api/lost", "other-5")).endsWith("-0");
            assertThat(socket.next("/api/lost")).isEqualTo(new Told("reset", 0, "other-epoch"));
            assertThat(socket.next("/api/lost").type()).isEqualTo("created");
            assertThat(socket.next("/api/lost").type()).isEqualTo("synced");
        }
    }

    @Test
    void who_gives_a_time_is_told_all_behind_it_and_has_no_position_before() {
        try (var socket = open()) {
            server.create("timed", 1);
            socket.send(watching("/api/timed", "2001-01-01T00:00:00Z"));
            assertThat(socket.answer().propertyNames()).containsExactly("watching");
            assertThat(socket.next("/api/timed").type()).isEqualTo("created");
            assertThat(socket.next("/api/timed").type()).isEqualTo("synced");
        }
    }

    @Test
    void who_was_cut_off_between_two_events_of_one_change_stands_there_again() {
        String url = "/api/halved?sort=-n&limit=1";
        try (var socket = open()) {
            server.store().resources().create("halved", "{\"n\":1}".getBytes(UTF_8));
            long before = server.store().headRevision();
            server.store().resources().create("halved", "{\"n\":2}".getBytes(UTF_8));
            assertThat(socket.watch(url, before + ".1")).endsWith("-" + before + ".1");
            assertThat(socket.next(url)).isEqualTo(new Told("created", before + 1, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=open",
                "filter=status%20%3D%3D%20%22open%22",
                "filter=has(resource.n)"
            })
    void filters_fields_and_data_are_as_in_a_url(String filter) {
        String url = "/api/some?fields=status&data=full&" + filter;
        try (var socket = open()) {
            socket.watch(url);
            assertThat(socket.next(url).type()).isEqualTo("synced");
            server.store().resources().create("some", "{\"status\":\"shut\"}".getBytes(UTF_8));
            server.store()
                    .resources()
                    .create("some", "{\"status\":\"open\",\"n\":1}".getBytes(UTF_8));
            JsonNode event = socket.read();
            assertThat(event.get("watch").stringValue()).isEqualTo(url);
            assertThat(event.get("data").propertyNames())
                    .containsExactlyInAnyOrder("id", "_revision", "status");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                                          | invalid-json",
                "{\"watch\":\"/api/notes\"} {}                  | invalid-json",
                "{\"watch\":\"/api/a\",\"watch\":\"/api/b\"}    | invalid-json",
                "[]                                             | invalid-command",
                "[{\"watch\":\"/api/notes\"}]                   | invalid-command",
                "\"watch\"                                      | invalid-command",
                "null                                           | invalid-command",
                "{}                                             | invalid-command",
                "{\"watch\":null}                               | invalid-command",
                "{\"watch\":[\"/api/notes\"]}                   | invalid-command",
                "{\"since\":\"0\"}                              | invalid-command",
                "{\"watch\":\"/api/notes\",\"since\":null}      | invalid-command",
                "{\"watch\":\"/api/notes\",\"since\":1.5}       | invalid-command",
                "{\"watch\":\"/api/notes\",\"data\":\"none\"}   | invalid-command",
                "{\"watch\":\"/api/a\",\"unwatch\":\"/api/b\"}  | invalid-command",
                "{\"unwatch\":\"/api/notes\",\"since\":\"0\"}   | invalid-command",
                "{\"unwatch\":7}                                | invalid-command",
                "{\"unwatch\":\"/api/notes\"}                   | invalid-command",
                "{\"watch\":\"/api/notes\",\"since\":\"now\"}   | invalid-position",
                "{\"watch\":\"/api/notes\",\"since\":-1}        | invalid-position",
                "{\"watch\":\"/api/notes?since=0\"}             | invalid-parameter",
                "{\"watch\":\"api/notes\"}                      | bad-request",
                "{\"watch\":\"\"}                               | bad-request",
                "{\"watch\":\"http://here/api/notes\"}          | bad-request",
                "{\"watch\":\"/api/no tes\"}                    | bad-request",
                "{\"watch\":\"/api/n\\u00f6tes\"}               | bad-request",
                "{\"watch\":\"/api/notes\\u0000\"}              | bad-request",
            })
    void what_is_no_command_is_a_problem_and_the_socket_goes_on(String command, String type) {
        try (var socket = open()) {
            assertThat(socket.problem(command)).isEqualTo(type);
            socket.watch("/api/notes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/Wrong",
                "/nothing/to/watch",
                "/problems/not-found",
                "/api/notes/%",
                "/api/notes?limit=0",
                "/api/notes?data=some",
                "/api/notes?data=none&data=full",
                "/api/notes?filter=a%20%3D%3D",
                "/api/notes?filter=true%20%26%26%0A%20%202",
                "/api/notes?sort=a&limit=3&filter=a%20%2B%201",
            })
    void what_can_not_be_watched_is_refused_in_the_words_of_http(String url) {
        try (var socket = open();
                RawConnection other = server.connect()) {
            Answer answer = other.send(RawWebSocket.handshake(url)).answer();
            socket.send(watching(url));
            assertThat(socket.read().toString()).isEqualTo("{\"problem\":" + answer.body() + "}");
        }
    }

    @Test
    void a_url_that_no_request_could_have_is_refused() {
        try (var socket = open()) {
            String longest = "/api/notes?a=" + "x".repeat(8_192 - 15 - 13);
            socket.watch(longest);
            assertThat(socket.problem(watching(longest + "x"))).isEqualTo("uri-too-long");
        }
    }

    @Test
    void a_url_is_watched_once_and_another_one_that_means_the_same_is_another_watch() {
        try (var socket = open()) {
            socket.watch("/api/twice");
            assertThat(socket.problem(watching("/api/twice"))).isEqualTo("invalid-command");
            socket.watch("/api/twice?");
            server.create("twice", 1);
            long head = server.store().headRevision();
            assertThat(socket.upTo("/api/twice", head)).containsExactly(head);
            assertThat(socket.upTo("/api/twice?", head)).containsExactly(head);
        }
    }

    @Test
    void a_thousand_watches_is_all_that_a_socket_has() {
        try (var socket = CommandedSocket.open(server.connect(), "/api/thousand")) {
            var commands = new ArrayList<String>();
            for (int i = 0; i < 999; i++) {
                commands.add(watching("/api/thousand/" + i));
            }
            socket.send(commands);
            for (int i = 0; i < 999; i++) {
                assertThat(socket.answer().get("watching").stringValue())
                        .isEqualTo("/api/thousand/" + i);
            }
            assertThat(socket.problem(watching("/api/more"))).isEqualTo("too-many-watches");
            socket.unwatch("/api/thousand/7");
            socket.watch("/api/more");
            assertThat(socket.problem(watching("/api/yet/more"))).isEqualTo("too-many-watches");
        }
    }

    @Test
    void commands_in_one_piece_are_answered_in_their_order() {
        var commands = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2_000; i++) {
            String url = "/api/order" + i;
            commands.add(watching(url, "0"));
            expected.add("watching " + url);
            commands.add("{}");
            expected.add("problem");
            commands.add(unwatching(url));
            expected.add("unwatched " + url);
        }
        try (var socket = open()) {
            Thread.startVirtualThread(() -> socket.send(commands));
            var answers = new ArrayList<String>();
            for (int i = 0; i < commands.size(); i++) {
                answers.add(brief(socket.answer()));
            }
            assertThat(answers).isEqualTo(expected);
        }
    }

    private static String brief(JsonNode answer) {
        String name = answer.propertyNames().iterator().next();
        JsonNode value = answer.get(name);
        return value.isString() ? name + ' ' + value.stringValue() : name;
    }

    @Test
    void a_binary_message_is_not_understood() {
        try (var socket = open()) {
            socket.raw().send(RawWebSocket.BINARY, watching("/api/notes"));
            assertThat(socket.raw().frame().closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void a_parameter_of_a_socket_without_a_url_is_refused() {
        try (RawConnection peer = server.connect()) {
            Answer answer =
                    peer.send(RawWebSocket.handshake("/api/_watch?since=0")).answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("/problems/invalid-parameter");
        }
    }
}
