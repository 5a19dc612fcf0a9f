package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;
import dev.genstore.router.ForEveryone;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Each watch of a socket is judged by the rules of what it watches. */
class RulesTest {
    @TempDir
    private Path folder;

    private TestServer server;
    private String key;

    /** Shows everybody, also those who don't say who they are, what is on the board. */
    private static final class Board implements ForEveryone<Resources>, Watchable {
        @Override
        public Selection selection(Request request) {
            return Selection.of(new Target.InCollection("board"));
        }

        @Override
        public Reply act(Request request, Resources resources) {
            return Reply.of(204);
        }
    }

    @BeforeEach
    void start() {
        key = ApiKeys.in(folder).create("ann", Set.of(), null).text();
        server = TestServer.start(
                folder,
                builder -> builder.bindForEveryone(
                        Method.GET, "/board", Resources.class, new Board()));
        put("_collections", "notes", "{\"rules\":{\"read\":\"resource.owner == auth.name\"}}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Returns the revision that it makes. */
    private long put(String collection, String id, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return server.store()
                .resources()
                .put(collection, id, bytes, Precondition.NONE)
                .revision();
    }

    private CommandedSocket open(String target) {
        return CommandedSocket.open(
                RawConnection.to(server.port()), target, "Authorization: Bearer " + key);
    }

    @Test
    void a_watch_is_told_what_may_be_read_and_one_of_nothing_is_refused() {
        try (var socket = open("/api/_watch")) {
            String other = CommandedSocket.watching("/api/other");
            assertThat(socket.problem(other)).isEqualTo("forbidden");
            socket.watch("/api/notes");
            put("notes", "b", "{\"owner\":\"bob\"}");
            put("other", "1", "{}");
            long own = put("notes", "a", "{\"owner\":\"ann\"}");
            assertThat(socket.upTo("/api/notes", own)).containsExactly(own);
        }
    }

    @Test
    void a_stranger_who_may_watch_one_url_can_command_only_what_he_may_see() {
        put("_collections", "board", "{\"rules\":{\"read\":\"true\"}}");
        put("_collections", "open", "{\"rules\":{\"read\":\"resource.isOpen\"}}");
        try (var socket = CommandedSocket.open(RawConnection.to(server.port()), "/board")) {
            for (String hidden : List.of("/api/notes", "/api/notes/a", "/api/_collections")) {
                String command = CommandedSocket.watching(hidden);
                assertThat(socket.problem(command)).as(hidden).isEqualTo("forbidden");
            }
            socket.watch("/api/open");
            put("notes", "a", "{\"owner\":\"ann\"}");
            put("open", "1", "{\"isOpen\":false}");
            long shown = put("open", "2", "{\"isOpen\":true}");
            assertThat(socket.upTo("/api/open", shown)).containsExactly(shown);
            long onBoard = put("board", "1", "{}");
            assertThat(socket.upToOfItsOwn(onBoard)).containsExactly(onBoard);
        }
    }

    @Test
    void a_socket_is_closed_when_the_rules_of_one_of_its_watches_change() {
        try (var socket = open("/api/notes")) {
            put("_collections", "open", "{\"rules\":{\"read\":\"true\"}}");
            socket.watch("/api/open");
            put("_collections", "open", "{\"rules\":{\"read\":\"resource.a == 1\"}}");
            assertThat(endOf(socket)).isEqualTo(1012);
        }
    }

    @Test
    void
            a_watch_by_command_that_may_not_be_seen_any_more_lets_the_client_come_back_for_the_others() {
        try (var socket = open("/api/notes")) {
            put("_collections", "open", "{\"rules\":{\"read\":\"true\"}}");
            socket.watch("/api/open");
            put("_collections", "open", "{}");
            assertThat(endOf(socket)).isEqualTo(1012);
        }
    }

    @Test
    void a_watch_that_was_ended_before_does_not_count() {
        put("_collections", "open", "{\"rules\":{\"read\":\"true\"}}");
        try (var socket = open("/api/notes")) {
            socket.watch("/api/open");
            socket.unwatch("/api/open");
            put("_collections", "open", "{}");
            socket.watch("/api/notes/a");
        }
    }

    private static int endOf(CommandedSocket socket) {
        RawWebSocket.Frame frame = socket.raw().frameBesides(RawWebSocket.PING);
        while (frame.firstByte() != RawWebSocket.CLOSE) {
            frame = socket.raw().frameBesides(RawWebSocket.PING);
        }
        return frame.closeCode();
    }
}
