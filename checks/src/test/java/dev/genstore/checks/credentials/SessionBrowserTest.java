package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.clients.Chromium;
import dev.genstore.checks.clients.Npm;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A session in a browser that is really one. */
class SessionBrowserTest {
    static List<Path> chromium() {
        return Chromium.find().stream().toList();
    }

    private static GenstoreBuilder withPage(GenstoreBuilder builder) {
        return builder.bindForEveryone(
                Method.GET,
                "/page",
                Resources.class,
                (request, ignored) ->
                        Reply.of(200, "text/html", "<!doctype html><title>Page</title>"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("chromium")
    void a_page_of_the_server_uses_it_and_a_page_of_another_one_on_the_same_host_does_not(
            Path chromium, @TempDir Path folder) throws IOException {
        String key = ApiKeys.in(folder).create("page", Set.of("admin"), null).text();
        try (var home = TestServer.start(folder, SessionBrowserTest::withPage);
                var other = TestServer.start(SessionBrowserTest::withPage)) {
            JsonNode seen =
                    look(chromium, home.url("").toString(), other.url("").toString(), key);
            assertThat(seen.path("begin").asInt()).isEqualTo(201);
            assertThat(seen.path("cookie").asString()).isEmpty();
            assertThat(seen.path("write").asInt()).isEqualTo(201);
            assertThat(seen.path("told").asString()).isEqualTo("created");
            assertThat(seen.path("asked").asString()).isEqualTo("opaque");
            assertThat(seen.path("opened").asBoolean()).isFalse();
            assertThat(seen.path("sent").toString()).isEqualTo("[\"genstore-session Strict\"]");
            assertThat(seen.path("end").asInt()).isEqualTo(204);
            assertThat(seen.path("close").asInt()).isEqualTo(4401);
            assertThat(seen.path("behind").asInt()).isEqualTo(401);
            assertThat(home.store().resources().find("notes", "foreign")).isEmpty();
        }
    }

    private static JsonNode look(Path chromium, String... arguments) throws IOException {
        Path folder = Npm.install();
        var command = new ProcessBuilder("node", "session.mjs");
        command.command().addAll(List.of(arguments));
        command.directory(folder.toFile())
                .redirectError(folder.resolve("session-errors.txt").toFile());
        command.environment().put("CHROMIUM", chromium.toString());
        Process browser = Npm.start(command);
        String told = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.onExit().join().exitValue())
                .as("target/js/session-errors.txt says why")
                .isZero();
        return Trees.read(told);
    }
}
