package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Binding;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** What a program itself decides about who may do what is asked on every way, besides the rules. */
class AccessTest {
    private static TestServer server;
    private static String reader;
    private static String boss;

    @BeforeAll
    static void start(@TempDir Path folder) {
        ApiKeys keys = ApiKeys.in(folder);
        reader = keys.create("reader", Set.of("admin"), null).text();
        boss = keys.create("boss", Set.of("admin", "boss"), null).text();
        server = TestServer.start(folder, builder -> builder.access(AccessTest::decide));
    }

    /** Only the boss may do anything with what is secret. */
    private static void decide(Principal principal, Binding<?> binding, Request request) {
        if (request.path().startsWith("/api/secret") && !principal.scopes().contains("boss")) {
            throw ProblemType.NOT_FOUND.because("There is nothing for you.");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void it_decides_who_watches(FollowBy transport) {
        var refused = catchThrowableOfType(
                Follower.Refused.class,
                () -> transport.follow(server.port(), "/api/secret", Sent.asBearer(reader)));
        assertThat(refused.answer().status()).isEqualTo(404);
        assertThat(refused.answer().text()).contains("nothing for you");
        transport.follow(server.port(), "/api/secret", Sent.asBearer(boss)).close();
        transport.follow(server.port(), "/api/open", Sent.asBearer(reader)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "QUERY", "POST"})
    void it_decides_who_reads_and_writes(String method) {
        assertThat(ask(method, reader).status()).isEqualTo(404);
        assertThat(ask(method, boss).status()).isBetween(200, 299);
    }

    private static Answer ask(String method, String key) {
        byte[] body = method.length() > 4 || "POST".equals(method)
                ? "{}".getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        return RawHttp.send(
                server.port(),
                method,
                "/api/secret",
                RawHttp.fields(
                        "Authorization", "Bearer " + key, "Content-Type", "application/json"),
                body);
    }
}
