package dev.genstore.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.embedded.Genstore;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The spans of a store, as an exporter gets them. */
class SpansTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final AtomicInteger stopped = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<BufferedReader> watchers = new ArrayList<>();
    private final List<Genstore> stores = new ArrayList<>();
    private int port;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        for (BufferedReader watcher : watchers) {
            watcher.close();
        }
        stores.forEach(Genstore::close);
        client.close();
        assertThat(stopped).hasValue(1);
    }

    private void start(Sampler root) throws IOException {
        var provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(root))
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        var spans = new Spans(provider.get("test"), stopped::incrementAndGet);
        Genstore store =
                Genstore.builder().data(folder).port(0).tracing(spans.tracing()).start();
        stores.add(store);
        port = store.address().getPort();
    }

    private URI url(String target) {
        return URI.create("http://127.0.0.1:" + port + target);
    }

    private int send(String method, String target, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url(target))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    /** Watches, and has been told that nothing was there. */
    private BufferedReader watch(String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url(target))
                .header("Accept", "application/x-ndjson")
                .header("traceparent", SAMPLED.replace("-01", "-00"))
                .build();
        var lines = new BufferedReader(new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
        watchers.add(lines);
        assertThat(lines.readLine()).contains("synced");
        return lines;
    }

    private SpanData span(String name) {
        return await().atMost(PATIENCE)
                .until(
                        () -> exporter.getFinishedSpanItems().stream()
                                .filter(span -> span.getName().equals(name))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<String> names() {
        return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
    }

    @Test
    void a_change_is_one_trace_from_the_request_by_the_commit_to_the_delivery() throws Exception {
        start(Sampler.alwaysOff());
        BufferedReader watcher = watch("/api/notes");
        watch("/api");
        watch("/api/tasks");
        assertThat(send("PUT", "/api/notes/1", "{}", "traceparent", SAMPLED)).isEqualTo(201);
        assertThat(watcher.readLine()).contains("\"traceparent\":\"" + SAMPLED + '"');
        SpanData deliver = span("deliver");
        SpanData commit = span("commit");
        SpanData request = span("PUT /api/{collection}/{id}");
        assertThat(exporter.getFinishedSpanItems()).hasSize(3).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(TRACE);
        });
        assertThat(request.getParentSpanId()).isEqualTo(PARENT);
        assertThat(commit.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(deliver.getParentSpanId()).isEqualTo(commit.getSpanId());
        assertThat(commit.getStartEpochNanos())
                .isGreaterThanOrEqualTo(request.getStartEpochNanos());
        assertThat(commit.getEndEpochNanos())
                .isBetween(commit.getStartEpochNanos(), request.getEndEpochNanos());
        assertThat(deliver.getStartEpochNanos()).isEqualTo(commit.getEndEpochNanos());
        assertThat(deliver.getEndEpochNanos()).isGreaterThan(deliver.getStartEpochNanos());
        assertThat(deliver.getAttributes().get(AttributeKey.longKey("genstore.deliveries")))
                .isEqualTo(2);
    }

    @Test
    void a_request_says_what_http_asks_for_and_a_commit_which_revision_it_made() throws Exception {
        start(Sampler.alwaysOn());
        send("PUT", "/api/notes/1", "{}");
        SpanData request = span("PUT /api/{collection}/{id}");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(request.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("http.request.method"), "PUT")
                .containsEntry(AttributeKey.stringKey("http.route"), "/api/{collection}/{id}")
                .containsEntry(AttributeKey.stringKey("url.path"), "/api/notes/1")
                .containsEntry(STATUS, 201L);
        SpanData commit = span("commit");
        assertThat(commit.getAttributes().asMap())
                .containsEntry(AttributeKey.longKey("genstore.revision"), 1L)
                .containsEntry(AttributeKey.longKey("genstore.commit.sharing"), 1L);
        assertThat(commit.getEvents()).singleElement().satisfies(begun -> {
            assertThat(begun.getName()).isEqualTo("begun");
            assertThat(begun.getEpochNanos())
                    .isBetween(commit.getStartEpochNanos(), commit.getEndEpochNanos());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /api/notes   | {}       | POST /api/{collection}
            PATCH  | /api/notes/1 | {"n":2}  | PATCH /api/{collection}/{id}
            DELETE | /api/notes/1 |          | DELETE /api/{collection}/{id}
            POST   | /api/_batch  | {"operations":[{"method":"PUT","url":"/api/notes/2","body":{}},{"method":"PUT","url":"/api/notes/3","body":{}}]} | POST /api/_batch
            """)
    void whatever_writes_is_followed_to_those_who_watch(
            String method, String target, String body, String name) throws Exception {
        start(Sampler.alwaysOff());
        send("PUT", "/api/notes/1", "{}");
        watch("/api/notes");
        send(method, target, body == null ? "" : body, "traceparent", SAMPLED);
        SpanData deliver = span("deliver");
        assertThat(names()).containsExactly("commit", name, "deliver");
        assertThat(deliver.getParentSpanId()).isEqualTo(span("commit").getSpanId());
        assertThat(deliver.getAttributes().get(Deliveries.REVISION))
                .isEqualTo(stores.getFirst().headRevision());
    }

    @Test
    void what_its_sender_does_not_record_is_not_recorded() throws Exception {
        start(Sampler.alwaysOn());
        BufferedReader watcher = watch("/api/notes");
        String unsampled = SAMPLED.replace("-01", "-00");
        send("PUT", "/api/notes/1", "{}", "traceparent", unsampled);
        assertThat(watcher.readLine()).contains("\"traceparent\":\"" + unsampled + '"');
        assertThat(names()).isEmpty();
    }

    @Test
    void where_nobody_says_so_the_own_ratio_decides_and_events_have_no_trace() throws Exception {
        start(Sampler.alwaysOff());
        BufferedReader watcher = watch("/api/notes");
        send("PUT", "/api/notes/1", "{}", "traceparent", "malformed");
        assertThat(watcher.readLine()).doesNotContain("traceparent");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/notes/1,    200, GET /api/{collection}/{id}",
        "PUT,    /api/notes/1,    200, PUT /api/{collection}/{id}",
        "GET,    /api/notes/none, 404, GET /api/{collection}/{id}",
        "DELETE, /api/notes/none, 404, DELETE /api/{collection}/{id}",
        "GET,    /elsewhere,      404, GET",
        "PUT,    /api/notes,      405, PUT"
    })
    void what_changes_nothing_is_a_request_and_no_more(
            String method, String target, int status, String name) throws Exception {
        start(Sampler.alwaysOff());
        send("PUT", "/api/notes/1", "{}");
        String answer = head(method, target);
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(span(name).getAttributes().get(STATUS)).isEqualTo(status);
        assertThat(names()).containsExactly(name);
    }

    /** The first line of an answer. */
    private String head(String method, String target) throws IOException {
        String body = method.equals("PUT") ? "{}" : "";
        try (Socket socket = ask(
                body,
                method + " " + target + " HTTP/1.1",
                "traceparent: " + SAMPLED,
                "Content-Type: application/json")) {
            var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
            return new BufferedReader(answer).readLine();
        }
    }

    /** A connection on which this was asked. */
    private Socket ask(String body, String... lines) throws IOException {
        String request = String.join("\r\n", lines) + "\r\nHost: localhost\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void a_watch_is_a_request_that_ends_when_it_begins() throws Exception {
        start(Sampler.alwaysOn());
        var request = HttpRequest.newBuilder(url("/api/notes"))
                .header("Accept", "text/event-stream")
                .build();
        try (var stream = client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(span("GET /api/{collection}").getAttributes().get(STATUS))
                    .isEqualTo(200);
            assertThat(stream.read()).isPositive();
        }
    }

    @Test
    void a_request_whose_peer_is_gone_has_ended() throws Exception {
        start(Sampler.alwaysOn());
        try (Socket _ = ask(
                "",
                "GET /api/notes?since=0 HTTP/1.1",
                "Accept: application/cloudevents-batch+json",
                "Prefer: wait=60")) {
            assertThat(send("GET", "/api/notes", "", "traceparent", SAMPLED.replace("-01", "-00")))
                    .isEqualTo(200);
        }
        assertThat(span("GET /api/{collection}").hasEnded()).isTrue();
    }

    @Test
    void what_the_store_stops_in_the_middle_of_is_exported() throws Exception {
        start(Sampler.alwaysOff());
        BufferedReader watcher = watch("/api/notes");
        send("PUT", "/api/notes/1", "{}", "traceparent", SAMPLED);
        assertThat(watcher.readLine()).contains("created");
        stores.getFirst().close();
        assertThat(names()).contains("deliver");
    }
}
