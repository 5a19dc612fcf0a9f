package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What the guide has a reader type to see traces works, and the server sends what it says. */
class TracingGuideTest {
    private static final Path GUIDE = Path.of("../docs/guides/monitoring.md");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COLLECTOR = "http://127.0.0.1:4318";

    /** What came, a byte a letter. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private HttpServer collector;

    @TempDir
    private Path folder;

    @BeforeEach
    void startCollector() throws IOException {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::take);
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new String(body, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Test
    void the_commands_of_the_guide_make_a_trace_that_a_collector_gets() throws Exception {
        String url = "http://127.0.0.1:" + collector.getAddress().getPort();
        String[] options = command("./genstore serve --otlp-endpoint")
                .replace("./genstore serve ", "")
                .replace(COLLECTOR, url)
                .split(" ");
        try (ServerProcess server = Launch.serve(folder, options).start()) {
            String write = command("curl -X PUT");
            run(write.replace("localhost:8080", server.url().getAuthority()));
            server.terminate();
            assertThat(server.awaitExit()).isEqualTo(ServerProcess.TERMINATED);
            String trace = write.replaceFirst("(?s).*traceparent: 00-([0-9a-f]{32})-.*", "$1");
            String bytes = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(String.join("", received))
                            .contains("genstore", bytes, "PUT /api/{collection}/{id}", "commit"));
            assertThat(server.errors()).doesNotContain("WARN");
        }
    }

    @Test
    void who_does_not_ask_for_traces_has_none() throws Exception {
        try (ServerProcess server = Launch.serve(folder).start()) {
            run(command("curl -X PUT").replace("localhost:8080", server.url().getAuthority()));
            server.terminate();
            server.awaitExit();
            assertThat(received).isEmpty();
        }
    }

    /** The command of the guide that begins so, over all of its lines. */
    private static String command(String beginning) throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("\n" + beginning) + 1;
        assertThat(begin).as(beginning).isPositive();
        return guide.substring(begin).replaceFirst("(?s)(?<!\\\\)\\n.*", "");
    }

    private void run(String command) throws Exception {
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", "-c", "set -e\n" + command + " -s -S -f")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
    }
}
