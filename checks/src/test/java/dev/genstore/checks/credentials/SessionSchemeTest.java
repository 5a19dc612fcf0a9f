package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.wire.proxy.AddressRange;
import dev.genstore.wire.proxy.Telling;
import dev.genstore.wire.proxy.TrustedProxies;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a session's cookie is for https goes by how it is asked, and not by what a page says. */
class SessionSchemeTest {
    private static final String SESSION = "/api/_session";
    private static final String SECURE = "__Host-genstore-session=";
    private static final String PLAIN = "genstore-session=";

    @TempDir
    private Path folder;

    private ApiKeys.Made key;
    private TestServer server;

    @BeforeEach
    void start() {
        key = ApiKeys.in(folder).create("test", Set.of("admin"), null);
        var proxies = new TrustedProxies(
                Set.of(AddressRange.parse("127.0.0.1").orElseThrow()), Telling.X_FORWARDED);
        var settings = Settings.defaults().entrance(TestServer.ENTRANCE.withProxies(proxies));
        server = TestServer.start(folder, builder -> builder.wire(settings.make()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String begun(String... by) {
        var fields = new ArrayList<>(RawHttp.fields(by));
        fields.addAll(Sent.asBearer(key.text()));
        Answer answer = RawHttp.send(server.port(), "POST", SESSION, fields, new byte[0]);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.header("Set-Cookie").orElseThrow();
    }

    private static String[] by(String scheme, String... more) {
        var fields = new ArrayList<>(
                List.of("X-Forwarded-For", "192.0.2.7", "X-Forwarded-Proto", scheme));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private int status(String scheme, String cookie) {
        return RawHttp.get(server.port(), SESSION, by(scheme, "Cookie", cookie)).status();
    }

    @Test
    void over_https_it_is_for_https_though_no_page_says_so() {
        assertThat(begun(by("https"))).startsWith(SECURE).endsWith("; Secure");
    }

    @Test
    void over_http_it_is_not_though_a_page_says_so() {
        assertThat(begun(by("http"))).startsWith(PLAIN).doesNotContain("Secure");
    }

    @Test
    void over_https_one_that_was_made_for_http_opens_nothing() {
        String plain = begun(by("http")).split(";", 2)[0];
        assertThat(status("http", plain)).isEqualTo(200);
        assertThat(status("https", plain)).isEqualTo(401);
        String secure = begun(by("https")).split(";", 2)[0];
        assertThat(status("https", secure)).isEqualTo(200);
        assertThat(status("https", secure + "; " + plain)).isEqualTo(200);
    }
}
