package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKey;
import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Keys are made and revoked over HTTP as by the command, in the same file, and at once. */
class KeysTest {
    private static final String KEYS = "/api/_keys";

    @TempDir
    private Path folder;

    private ApiKeys keys;
    private ApiKeys.Made root;
    private TestServer server;

    @BeforeEach
    void start() {
        keys = ApiKeys.in(folder);
        root = keys.create("root", Set.of("admin"), null);
        server = TestServer.start(folder, builder -> builder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer send(List<Field> by, String method, String target, String body) {
        List<Field> fields = new ArrayList<>(by);
        fields.add(new Field("Content-Type", "application/json"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.send(server.port(), method, target, fields, bytes);
    }

    private Answer send(String method, String target, String body) {
        return send(Sent.asBearer(root.text()), method, target, body);
    }

    private Answer make(String name) {
        Answer made = send("POST", KEYS, "{\"name\":\"" + name + "\",\"scopes\":[\"admin\"]}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made;
    }

    private static String id(Answer made) {
        return made.json().path("id").asString();
    }

    private static String text(Answer made) {
        return made.json().path("key").asString();
    }

    @Test
    void the_command_lists_a_key_that_was_made_over_http_and_revokes_it() {
        Answer made = make("ci");
        assertThat(keys.list()).extracting(ApiKey::id).contains(id(made));
        keys.revoke(id(made));
        assertThat(send("GET", KEYS + "/" + id(made), "").json().path("state").asString())
                .isEqualTo("revoked");
    }

    @Test
    void a_key_that_was_made_by_the_command_is_revoked_over_http_at_once() {
        ApiKeys.Made made = keys.create("other", Set.of(), null);
        assertThat(send("DELETE", KEYS + "/" + made.key().id(), "").status()).isEqualTo(204);
        assertThat(send(Sent.asBearer(made.text()), "GET", "/api", "").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void its_watches_end_and_nothing_behind_that_is_told(FollowBy by) {
        Answer made = make("watcher");
        List<Field> credentials = Sent.asBearer(text(made));
        try (Follower follower =
                by.follow(server.port(), "/api/notes", credentials).synced()) {
            send("DELETE", KEYS + "/" + id(made), "");
            send("POST", "/api/notes", "{}");
            Ends.require(by, follower);
        }
    }

    @Test
    void the_last_key_that_administers_can_be_revoked_by_the_command_only() {
        Answer refused = send("DELETE", KEYS + "/" + root.key().id(), "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("genstore key revoke");
        Answer second = make("second");
        assertThat(send("DELETE", KEYS + "/" + root.key().id(), "").status()).isEqualTo(204);
        assertThat(send("GET", KEYS, "").status()).isEqualTo(401);
        assertThat(send(Sent.asBearer(text(second)), "GET", KEYS, "").status()).isEqualTo(200);
    }

    /** Of two who revoke each other one is the last. */
    @Test
    void two_who_revoke_each_other_at_once_do_not_both_go() throws Exception {
        Answer second = make("second");
        List<Callable<Answer>> both = List.of(
                () -> send("DELETE", KEYS + "/" + id(second), ""),
                () -> send(
                        Sent.asBearer(text(second)),
                        "DELETE",
                        KEYS + "/" + root.key().id(),
                        ""));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(both)) {
                assertThat(answer.get().status()).isIn(204, 401, 403);
            }
        }
        assertThat(keys.list().stream().filter(key -> key.revoked() == null)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, HERE, 201",
        "'', HERE, 201",
        "'', '', 403",
        "same-site, HERE, 403",
        "cross-site, https://evil.example, 403",
        "none, HERE, 403"
    })
    void in_a_session_a_page_of_this_server_must_have_asked_for_it(
            String site, String origin, int status) {
        String here = "http://127.0.0.1:" + server.port();
        List<Field> begun = new ArrayList<>(Sent.asBearer(root.text()));
        begun.add(new Field("Origin", here));
        String cookie =
                send(begun, "POST", "/api/_session", "").header("Set-Cookie").orElseThrow();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("Cookie", cookie.split(";", 2)[0]));
        if (!site.isEmpty()) {
            fields.add(new Field("Sec-Fetch-Site", site));
        }
        if (!origin.isEmpty()) {
            fields.add(new Field("Origin", origin.replace("HERE", here)));
        }
        assertThat(send(fields, "POST", KEYS, "{\"name\":\"page\"}").status()).isEqualTo(status);
        long made =
                keys.list().stream().filter(key -> key.name().equals("page")).count();
        assertThat(made).isEqualTo(status == 201 ? 1 : 0);
    }

    @Test
    void a_file_that_can_not_be_read_is_no_bug_and_says_nothing_of_where_it_is() throws Exception {
        Files.writeString(folder.resolve("keys.json"), "{");
        Answer refused = send("GET", KEYS, "");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text())
                .contains("storage-unavailable")
                .doesNotContain(folder.toString());
    }
}
