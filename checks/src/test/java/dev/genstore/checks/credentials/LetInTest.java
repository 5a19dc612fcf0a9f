package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.router.Method;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who is let in, by whatever way he comes. */
class LetInTest {
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    private static TestServer server;

    private static String key;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path folder) {
        data = folder;
        key = ApiKeys.in(folder).create("test", Set.of("admin"), null).text();
        server = TestServer.start(
                folder,
                builder -> builder.bind(Method.GET, "/who", Resources.class, LetInTest::who)
                        .bindForEveryone(
                                Method.GET,
                                "/open",
                                Resources.class,
                                (request, resources) -> Reply.of(200)));
    }

    private static Reply who(Request request, Resources resources) {
        Principal principal = request.principal();
        return Reply.of(
                200,
                "text/plain",
                principal.kind() + " " + principal.scopes() + " "
                        + principal.claims().path("name").asString("") + " "
                        + request.headers().first("Authorization").isPresent());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void without_credentials_nobody_watches(FollowBy transport) {
        Answer answer = refused(transport, List.of());
        requireChallenge(answer, "unauthenticated", "Bearer realm=\"genstore\"");
    }

    @ParameterizedTest
    @EnumSource
    void with_wrong_credentials_nobody_watches(FollowBy transport) {
        String wrong = key.substring(0, key.length() - 1) + (key.endsWith("x") ? "y" : "x");
        Answer answer = refused(transport, Sent.asBearer(wrong));
        requireChallenge(
                answer, "invalid-token", "Bearer realm=\"genstore\", error=\"invalid_token\", ");
        assertThat(answer.toString()).doesNotContain(wrong.substring(9, 20));
    }

    @ParameterizedTest
    @EnumSource
    void with_a_key_one_watches(FollowBy transport) {
        try (Follower follower = transport
                .follow(server.port(), "/api/notes", Sent.asBearer(key))
                .synced()) {
            server.store().resources().create("notes", NOTE);
            assertThat(follower.nextChange().type()).isEqualTo("created");
        }
    }

    @Test
    void a_page_in_a_browser_sends_its_key_as_a_subprotocol_that_is_not_chosen() {
        List<Field> both = new ArrayList<>(Sent.asSubprotocol(key));
        try (Follower follower =
                FollowBy.WEBSOCKET.follow(server.port(), "/api/notes", both).synced()) {
            server.store().resources().create("notes", NOTE);
            assertThat(follower.nextChange().type()).isEqualTo("created");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api",
        "GET, /api/notes",
        "GET, /api/notes/7",
        "HEAD, /api/notes",
        "QUERY, /api/notes",
        "POST, /api/notes",
        "PUT, /api/notes/7",
        "PATCH, /api/notes/7",
        "DELETE, /api/notes/7",
        "POST, /api/_batch",
        "GET, /api/_collections/notes",
        "GET, /who",
        "GET, /nothing",
        "GET, /api/_watch",
        "DELETE, /problems/not-found"
    })
    void without_credentials_nothing_is_answered(String method, String target) {
        Answer answer = RawHttp.send(server.port(), method, target, List.of(), new byte[0]);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"genstore\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /problems/not-found, 200",
        "HEAD, /open, 200",
        "GET, /open, 200",
        "OPTIONS, /api/notes, 204"
    })
    void what_is_for_everyone_is_answered_to_everybody(String method, String target, int status) {
        assertThat(RawHttp.send(server.port(), method, target, List.of(), new byte[0])
                        .status())
                .isEqualTo(status);
    }

    @Test
    void but_not_with_wrong_credentials() {
        assertThat(get("/open", "Bearer genstore_x").status()).isEqualTo(401);
    }

    @Test
    void an_action_knows_who_asks_and_not_his_credentials() {
        assertThat(get("/who", "Bearer " + key).text()).isEqualTo("KEY [admin] test false");
    }

    @ParameterizedTest
    @CsvSource({"Basic YTpi, 401", "Bearer, 401", "Bearer a b, 400", "Bearer eyJ.x.y, 401"})
    void other_credentials_are_refused(String credentials, int status) {
        assertThat(get("/api", credentials).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "?access_token=",
        "?fields=a&access_token=",
        "?ACCESS_TOKEN=",
        "?access%5Ftoken=",
        "?token=",
        "?api_key=",
        "?status=Bearer+",
        "?filter=a==%22",
        "?%67enstore=",
        "?a=1&"
    })
    void a_token_in_a_url_is_refused_and_not_repeated(String query) {
        Answer answer = RawHttp.get(server.port(), "/api/notes" + query + key);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/token-in-url");
        assertThat(answer.toString()).doesNotContain(key);
    }

    @ParameterizedTest
    @CsvSource({"?token=%s", "?jwt=Bearer%%20%s", "?%s", "?filter=a==%%22%s%%22"})
    void what_looks_like_a_jwt_in_a_url_is_refused_and_not_repeated(String query) {
        Answer answer = RawHttp.get(server.port(), "/api/notes" + query.formatted(JWT));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.toString()).doesNotContain(JWT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/notes/%s", "/%s", "/api/_session/%s", "/a/.%s/b"})
    void a_token_in_a_path_is_refused_and_not_repeated(String path) {
        for (String token : List.of(key, key.replace("gen", "%67en"), JWT)) {
            Answer answer = RawHttp.get(server.port(), path.formatted(token));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/token-in-url");
            assertThat(answer.toString()).doesNotContain(key.substring(12), JWT);
        }
    }

    @Test
    void a_token_is_no_id_and_no_url_of_a_batch() {
        String id = "{\"id\":\"" + key + "\"}";
        String batch =
                "{\"operations\":[{\"method\":\"DELETE\",\"url\":\"/api/notes/" + key + "\"}]}";
        for (Answer answer : List.of(sent("/api/notes", id), sent("/api/_batch", batch))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("/problems/token-in-url").doesNotContain(key);
        }
    }

    private Answer sent(String target, String json) {
        List<Field> fields = new ArrayList<>(Sent.asBearer(key));
        fields.add(new Field("Content-Type", "application/json"));
        return RawHttp.send(
                server.port(), "POST", target, fields, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void another_client_does_not_get_the_answer_to_a_repeated_request() {
        String other = ApiKeys.in(data).create("other", Set.of(), null).text();
        server.store().resources().create("notes", NOTE);
        assertThat(post(key).status()).isEqualTo(201);
        assertThat(post(key).header("Idempotency-Replayed")).contains("true");
        assertThat(post(other).status()).isEqualTo(422);
    }

    private static Answer post(String by) {
        List<Field> fields = new ArrayList<>(Sent.asBearer(by));
        fields.addAll(RawHttp.fields("Idempotency-Key", "k", "Content-Type", "application/json"));
        return RawHttp.send(server.port(), "POST", "/api/kept", fields, NOTE);
    }

    private static Answer get(String target, String credentials) {
        return RawHttp.get(server.port(), target, "Authorization", credentials);
    }

    private static Answer refused(FollowBy transport, List<Field> headers) {
        return catchThrowableOfType(
                        Follower.Refused.class,
                        () -> transport.follow(server.port(), "/api/notes", headers))
                .answer();
    }

    private static void requireChallenge(Answer answer, String slug, String challenge) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/" + slug);
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith(challenge);
    }
}
