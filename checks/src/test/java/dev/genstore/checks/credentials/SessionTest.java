package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.WireSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A browser's page shows its credentials once, and has a cookie from then on. */
class SessionTest {
    private static final String SESSION = "/api/_session";
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    /** So many one principal may have. */
    private static final int SESSIONS_MAX = 100;

    private static final String LISTED = "https://listed.example";

    @TempDir
    private Path folder;

    private ApiKeys keys;
    private ApiKeys.Made key;
    private TestServer server;

    @BeforeEach
    void start() {
        keys = ApiKeys.in(folder);
        key = keys.create("test", Set.of("admin"), null);
        server = TestServer.start(
                folder,
                builder -> builder.wire(listing(LISTED))
                        .bind(
                                Method.GET,
                                "/cookies",
                                Resources.class,
                                (request, resources) -> Reply.of(
                                        200,
                                        "text/plain",
                                        request.headers().first("Cookie").orElse("none"))));
    }

    private static WireSettings listing(String origin) {
        return Settings.defaults()
                .origins(Set.of(origin))
                .entrance(Entrance.DEFAULT)
                .make();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String here() {
        return "http://127.0.0.1:" + server.port();
    }

    private Answer send(String method, String target, String... headers) {
        byte[] body = method.startsWith("P") ? NOTE : new byte[0];
        List<Field> fields = new ArrayList<>(RawHttp.fields(headers));
        fields.add(new Field("Content-Type", "application/json"));
        return RawHttp.send(server.port(), method, target, fields, body);
    }

    private Answer begin(String... headers) {
        List<Field> fields = new ArrayList<>(RawHttp.fields(headers));
        fields.addAll(Sent.asBearer(key.text()));
        return RawHttp.send(server.port(), "POST", SESSION, fields, new byte[0]);
    }

    /** Begins a session; returns what a browser sends from then on. */
    private String cookie() {
        Answer answer = begin("Origin", here(), "Sec-Fetch-Site", "same-origin");
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    @Test
    void a_cookie_is_for_this_server_alone_and_no_script_can_read_it() {
        Answer answer = begin("Origin", here());
        assertThat(answer.header("Set-Cookie").orElseThrow())
                .matches("genstore-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().path("principal").asString())
                .isEqualTo("key:" + key.key().id());
        assertThat(answer.json().path("session").asBoolean()).isTrue();
        assertThat(answer.text()).doesNotContain(answer.header("Set-Cookie").orElseThrow());
    }

    @Test
    void over_https_no_other_host_can_set_it_and_it_is_sent_over_https_only() {
        Answer answer = begin("Origin", "https://127.0.0.1:" + server.port());
        assertThat(answer.header("Set-Cookie").orElseThrow())
                .matches("__Host-genstore-session=[A-Za-z0-9_-]{43};"
                        + " Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void no_two_sessions_have_the_same_cookie() {
        assertThat(cookie()).isNotEqualTo(cookie());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', '', 200",
        "HEAD, '', '', 200",
        "GET, cross-site, https://evil.example, 200",
        "OPTIONS, cross-site, '', 204",
        "POST, same-origin, HERE, 201",
        "POST, same-origin, '', 201",
        "POST, '', HERE, 201",
        "POST, '', '', 403",
        "POST, same-site, HERE, 403",
        "POST, cross-site, HERE, 403",
        "POST, none, HERE, 403",
        "POST, '', https://evil.example, 403",
        "POST, '', null, 403",
        "POST, '', https://listed.example, 403",
        "POST, same-site, https://listed.example, 403",
        "PUT, '', '', 403",
        "PATCH, cross-site, '', 403",
        "DELETE, '', '', 403",
        "DELETE, cross-site, HERE, 403"
    })
    void what_does_something_a_page_of_this_server_must_have_asked_for(
            String method, String site, String origin, int status) {
        List<String> headers = new ArrayList<>(List.of("Cookie", cookie()));
        if (!site.isEmpty()) {
            headers.addAll(List.of("Sec-Fetch-Site", site));
        }
        if (!origin.isEmpty()) {
            headers.addAll(List.of("Origin", origin.replace("HERE", here())));
        }
        String target = status < 400 || method.equals("POST") ? "/api/notes" : "/api/notes/1";
        assertThat(send(method, target, headers.toArray(new String[0])).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "HERE, 101",
        "'', 403",
        "http://127.0.0.1:1, 403",
        "http://other.127.0.0.1, 403",
        "https://listed.example, 403",
        "null, 403"
    })
    void a_web_socket_is_for_a_page_of_this_server(String origin, int status) {
        List<Field> headers = new ArrayList<>(RawHttp.fields("Cookie", cookie()));
        if (!origin.isEmpty()) {
            headers.add(new Field("Origin", origin.replace("HERE", here())));
        }
        assertThat(upgrade(headers)).isEqualTo(status);
    }

    private int upgrade(List<Field> headers) {
        var refused = catchThrowableOfType(
                Follower.Refused.class,
                () -> FollowBy.WEBSOCKET
                        .follow(server.port(), "/api/notes", headers)
                        .close());
        return refused == null ? 101 : refused.answer().status();
    }

    @ParameterizedTest
    @EnumSource
    void one_watches_in_it_until_it_ends(FollowBy by) {
        String cookie = cookie();
        try (Follower follower =
                by.follow(server.port(), "/api/notes", page(cookie)).synced()) {
            server.store().resources().create("notes", NOTE);
            assertThat(follower.nextChange().type()).isEqualTo("created");
            Answer ended =
                    RawHttp.send(server.port(), "DELETE", SESSION, page(cookie), new byte[0]);
            assertThat(ended.status()).isEqualTo(204);
            assertThat(ended.header("Set-Cookie").orElseThrow())
                    .startsWith("genstore-session=; ")
                    .endsWith("; Max-Age=0");
            server.store().resources().create("notes", NOTE);
            Ends.require(by, follower);
        }
        assertThat(send("GET", "/api/notes", "Cookie", cookie).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void it_ends_with_the_key_that_it_was_begun_with(FollowBy by) {
        String cookie = cookie();
        try (Follower follower =
                by.follow(server.port(), "/api/notes", page(cookie)).synced()) {
            keys.revoke(key.key().id());
            server.store().resources().create("notes", NOTE);
            Ends.require(by, follower);
        }
        assertThat(send("GET", "/api/notes", "Cookie", cookie).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void one_that_goes_to_make_room_ends_its_watches(FollowBy by) {
        String cookie = cookie();
        try (Follower follower =
                by.follow(server.port(), "/api/notes", page(cookie)).synced()) {
            for (int i = 0; i < SESSIONS_MAX; i++) {
                cookie();
            }
            Ends.require(by, follower);
        }
    }

    private List<Field> page(String cookie) {
        return RawHttp.fields("Cookie", cookie, "Origin", here());
    }

    @ParameterizedTest
    @CsvSource({"Bearer genstore_x, 401", "Basic YTpi, 401", "Bearer eyJ.x.y, 401"})
    void other_credentials_count_and_not_the_cookie(String credentials, int status) {
        Answer answer = send("GET", "/api/notes", "Cookie", cookie(), "Authorization", credentials);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void who_sends_credentials_beside_it_needs_no_origin() {
        Answer answer = send(
                "POST", "/api/notes", "Cookie", cookie(), "Authorization", "Bearer " + key.text());
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void a_session_begins_no_other_one() {
        Answer answer = send("POST", SESSION, "Cookie", cookie(), "Origin", here());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, https://listed.example",
        "Origin, null",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, cross-site"
    })
    void a_page_of_another_origin_begins_none(String header, String value) {
        Answer answer = begin(header, value);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void without_credentials_none_is_begun_or_ended() {
        assertThat(send("POST", SESSION, "Origin", here()).status()).isEqualTo(401);
        List<Field> bearer = Sent.asBearer(key.text());
        assertThat(RawHttp.send(server.port(), "DELETE", SESSION, bearer, new byte[0])
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_page_can_ask_whose_session_it_has() {
        Answer answer = send("GET", SESSION, "Cookie", cookie());
        assertThat(answer.json().path("kind").asString()).isEqualTo("key");
        assertThat(answer.json().path("scopes").toString()).isEqualTo("[\"admin\"]");
        assertThat(answer.json().path("expires").asString()).isNotEmpty();
        assertThat(answer.header("Vary").orElse("")).contains("Cookie");
    }

    @Test
    void a_cookie_of_no_session_does_not_shut_out_from_what_is_for_everyone() {
        String stale = "genstore-session=" + "x".repeat(43);
        assertThat(send("GET", "/problems/not-found", "Cookie", stale).status()).isEqualTo(200);
        Answer refused = send("GET", "/api", "Cookie", stale);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/unauthenticated");
    }

    @Test
    void a_cookie_that_somebody_else_has_set_beside_it_lets_nobody_in() {
        String cookie = cookie();
        String value = cookie.substring(cookie.indexOf('=') + 1);
        for (String sent : List.of(
                cookie + "; genstore-session=x",
                cookie + "; " + cookie,
                "__Host-genstore-session=" + value,
                cookie + "; __Host-genstore-session=x")) {
            assertThat(send("GET", "/api", "Cookie", sent).status()).as(sent).isEqualTo(401);
        }
    }

    @Test
    void an_action_sees_other_cookies_and_not_this_one() {
        assertThat(send("GET", "/cookies", "Cookie", cookie()).text()).isEqualTo("none");
        assertThat(send("GET", "/cookies", "Cookie", "a=1; " + cookie() + "; b=2")
                        .text())
                .isEqualTo("a=1; b=2");
    }

    @Test
    void where_nobody_has_to_say_who_he_is_there_is_nothing_to_begin() {
        try (TestServer open = TestServer.start()) {
            Answer answer = RawHttp.send(open.port(), "POST", SESSION, List.of(), new byte[0]);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.json().path("principal").asString()).isEqualTo("nobody");
        }
    }
}
