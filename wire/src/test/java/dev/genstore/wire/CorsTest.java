package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.http.OriginPolicy;

import org.junit.jupiter.api.Test;

import java.util.Set;

class CorsTest {
    private static final String PAGE = "https://app.example";
    private static final Cors CORS = new Cors(new OriginPolicy(Set.of(PAGE)));
    private static final Reply REPLY = Reply.of(204).with("Allow", "GET, PUT");

    @Test
    void a_listed_page_may_read_the_answer_and_its_headers() {
        Reply reply = CORS.apply(request(Method.GET, PAGE), REPLY);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(header(reply, "Access-Control-Expose-Headers")).contains("ETag", "Location");
        assertThat(header(reply, "Vary")).isEqualTo("Origin");
    }

    @Test
    void another_page_may_not_but_caches_are_told_that_it_matters() {
        for (String origin : Set.of("https://evil.test", "null", "https://app.example:8443")) {
            Reply reply = CORS.apply(request(Method.GET, origin), REPLY);
            assertThat(header(reply, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(reply, "Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void where_no_page_is_listed_nothing_is_said() {
        var nobody = new Cors(new OriginPolicy(Set.of()));
        assertThat(nobody.apply(request(Method.GET, PAGE), REPLY)).isSameAs(REPLY);
    }

    @Test
    void a_browser_that_asks_before_is_told_what_it_may_send() {
        Request preflight = request(Method.OPTIONS, PAGE, "Access-Control-Request-Method", "PUT");
        Reply reply = CORS.apply(preflight, REPLY);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(header(reply, "Access-Control-Allow-Methods")).isEqualTo("GET, PUT");
        assertThat(header(reply, "Access-Control-Allow-Headers"))
                .contains("Content-Type", "If-Match", "Last-Event-ID", "Prefer", "Request-Id");
        assertThat(header(reply, "Access-Control-Max-Age")).isEqualTo("600");
    }

    @Test
    void a_foreign_page_that_asks_before_is_told_nothing() {
        Request preflight = request(
                Method.OPTIONS, "https://evil.test", "Access-Control-Request-Method", "PUT");
        assertThat(header(CORS.apply(preflight, REPLY), "Access-Control-Allow-Methods"))
                .isEmpty();
    }

    @Test
    void two_origins_are_no_origin() {
        Request two = request(Method.GET, PAGE, "Origin", PAGE);
        assertThat(header(CORS.apply(two, REPLY), "Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** What a browser keeps for a server is for that server's own pages. */
    @Test
    void no_page_of_another_origin_is_let_use_cookies() {
        for (Method method : Method.values()) {
            Request asked = request(method, PAGE, "Access-Control-Request-Method", "PUT");
            assertThat(header(CORS.apply(asked, REPLY), "Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @Test
    void what_is_no_request_can_be_read_as_well() {
        Reply reply = CORS.readable(Headers.NONE.with("Origin", PAGE), REPLY);
        assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(header(reply, "Vary")).isEqualTo("Origin");
    }

    private static Request request(Method method, String origin, String... more) {
        Headers headers = Headers.NONE.with("Origin", origin);
        for (int i = 0; i < more.length; i += 2) {
            headers = headers.with(more[i], more[i + 1]);
        }
        return Request.of(method, "/api/notes", headers, new byte[0]);
    }

    private static String header(Reply reply, String name) {
        return reply.headers().first(name).orElse("");
    }
}
