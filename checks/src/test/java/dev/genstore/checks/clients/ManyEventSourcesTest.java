package dev.genstore.checks.clients;

import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.embedded.Genstore;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What ends with HTTP/2: a browser's six connections to a host. */
class ManyEventSourcesTest {
    /** Each of its sources leaves a mark when it has heard something; with six, the others never do. */
    private static final String PAGE = """
            <!doctype html><title>Page</title><script>
            for (let i = 0; i < 20; i++) {
              const source = new EventSource("/api/notes");
              source.addEventListener("synced", () => fetch("/api/marks/" + i, {
                method: "PUT",
                headers: {"Content-Type": "application/json"},
                body: "{}"
              }), {once: true});
            }
            </script>
            """;

    @TempDir
    private Path folder;

    static Stream<Path> browsers() {
        return Chromium.find().stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("browsers")
    void a_page_has_twenty_event_sources_at_once(Path browser) throws Exception {
        TestIdentity.shared().write(folder);
        try (Genstore store = start()) {
            Process page = open(browser, store.address().getPort());
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> store.headRevision() == 20);
            } finally {
                page.descendants().forEach(ProcessHandle::destroyForcibly);
                page.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private Genstore start() throws Exception {
        return Genstore.builder()
                .data(folder.resolve("data"))
                .port(0)
                .tls(folder.resolve("server.pem"), folder.resolve("server.key"))
                .bind(
                        Method.GET,
                        "/page",
                        Resources.class,
                        (request, ignored) -> Reply.of(200, "text/html", PAGE))
                .start();
    }

    private Process open(Path browser, int port) throws Exception {
        var command = List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("browser"),
                "--ignore-certificate-errors-spki-list=" + TestIdentity.shared().keyHash(),
                "https://127.0.0.1:" + port + "/page");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
