package dev.genstore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.embedded.Genstore;
import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the program adds to a {@link Genstore}: health and figures. */
class ServerTest {
    private static final Pattern NAME = Pattern.compile("`(genstore_[a-z_]+)(?:\\{([a-z,]+)})?`");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ASKED =
            Pattern.compile("\\b(?:genstore|jvm|process|system)_[a-z_]+\\b");

    private final HttpClient client = HttpClient.newHttpClient();
    private Genstore store;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var reader = new SettingsReader(Map.of(), folder);
        store = Server.start(reader.read(Map.of(Setting.PORT, "0", Setting.AUDIT, "audit.jsonl")));
    }

    @AfterEach
    void stop() {
        store.close();
        client.close();
    }

    @Test
    void it_is_healthy_and_ready_once_it_listens() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void the_figures_are_those_of_the_reference() throws Exception {
        write();
        String figures = get("/metrics").body();
        List<MatchResult> promised = NAME.matcher(signals()).results().toList();
        assertThat(promised).hasSizeGreaterThan(10);
        for (MatchResult figure : promised) {
            assertThat(figures).containsPattern("\n" + figure.group(1) + "(_bucket|_count)?[ {]");
            assertThat(figures).containsPattern(labelled(figure));
        }
    }

    private static String labelled(MatchResult figure) {
        String labels = figure.group(2);
        if (labels == null) {
            return figure.group(1);
        }
        return figure.group(1) + "\\{[^}]*" + labels.replaceFirst(",.*", "") + "=\"";
    }

    @Test
    void the_dashboard_and_the_alarms_ask_for_figures_that_there_are() throws Exception {
        write();
        String figures = figuresBehindACollection();
        for (String document : List.of("grafana-dashboard.json", "monitoring.md")) {
            String text = Files.readString(Path.of("../docs/guides").resolve(document));
            List<String> asked = ASKED.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            assertThat(asked).as(document).hasSizeGreaterThan(5);
            assertThat(asked).as(document).allSatisfy(name -> {
                assertThat(figures).containsPattern("\n" + name + "(_bucket)?[ {]");
            });
        }
    }

    /** What the collector does is told from the first reading of the figures on. */
    private String figuresBehindACollection() throws Exception {
        get("/metrics");
        System.gc();
        return await().atMost(PATIENCE)
                .until(() -> get("/metrics").body(), it -> it.contains("jvm_gc_pause"));
    }

    @Test
    void the_figures_follow_what_happens() throws Exception {
        write();
        try (InputStream watcher = client.send(
                        request("/api/notes")
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream())
                .body()) {
            assertThat(watcher.read()).isEqualTo('i');
            assertThat(get("/metrics").body())
                    .contains("\ngenstore_head_revision 1.0\n")
                    .contains("\ngenstore_horizon_revision 0.0\n")
                    .contains("\ngenstore_commits_total 1.0\n")
                    .contains("\ngenstore_commit_batch_size_sum 1.0\n")
                    .contains("\ngenstore_commit_seconds_count 1\n")
                    .contains("\ngenstore_watchers 1.0\n")
                    .contains("\ngenstore_watchers_by_transport{transport=\"sse\"} 1.0\n")
                    .contains("\ngenstore_feeds 1.0\n");
        }
    }

    private void write() throws Exception {
        HttpRequest post = request("/api/notes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"a\":1}"))
                .build();
        assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + store.address().getPort() + path));
    }

    /** The part of the reference that names them. */
    private static String signals() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.resolve("..").normalize();
        }
        return Files.readString(root.resolve("docs/reference/protocol.md"))
                .replaceFirst("(?s).*## Signals", "");
    }
}
