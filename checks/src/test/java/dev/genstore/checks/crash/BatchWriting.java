package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes batches that make resources, and repeats each with the same key until it is answered, however
 * often the server dies in between.
 *
 * <p>Thread-safe; {@link #call} is for one thread.
 */
final class BatchWriting implements Callable<Void> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final Site site;
    private final String name;
    private final Random random;
    private final Tally answered;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @GuardedBy("batches") private final List<Batch> batches = new ArrayList<>();

    private volatile boolean isEnding;

    /**
     * A batch that was answered.
     *
     * @param name its key, and its {@code Request-Id}
     * @param positions those of its changes, as it was answered
     */
    record Batch(String name, String body, List<String> positions) {}

    BatchWriting(Site site, String name, long seed, Tally answered) {
        this.site = site;
        this.name = name;
        this.random = new Random(seed);
        this.answered = answered;
    }

    List<Batch> batches() {
        synchronized (batches) {
            return List.copyOf(batches);
        }
    }

    /** Lets it end behind the batch that it is at. */
    void end() {
        isEnding = true;
    }

    @Override
    public @Nullable Void call() throws InterruptedException {
        try (client) {
            for (int count = 1; !isEnding; count++) {
                write(name + '-' + count, body());
                answered.saw(answered.greatest() + 1);
            }
        }
        return null;
    }

    private String body() {
        return Stream.generate(() -> "{\"method\":\"POST\",\"url\":\"/api/"
                        + (random.nextBoolean() ? "notes" : "tasks") + "\",\"body\":{\"text\":\""
                        + "é€😀x".repeat(random.nextInt(200)) + "\"}}")
                .limit(random.nextInt(2, 7))
                .collect(Collectors.joining(",", "{\"operations\":[", "]}"));
    }

    private void write(String batch, String body) throws InterruptedException {
        List<String> positions = null;
        while (positions == null) {
            positions = send(client, site.await(), batch, body);
        }
        synchronized (batches) {
            batches.add(new Batch(batch, body, positions));
        }
    }

    /** The positions of the changes, or null when it was not answered or can't be now. */
    static @Nullable List<String> send(HttpClient client, URI server, String batch, String body)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/_batch"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Request-Id", batch)
                .header("Idempotency-Key", batch)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == OK ? positions(response.body()) : null;
        } catch (IOException broken) {
            return null;
        }
    }

    private static List<String> positions(String body) {
        var positions = new ArrayList<String>();
        for (JsonNode result : Telling.tree(body).required("results")) {
            positions.add(result.required("etag").asString().replace("\"", ""));
        }
        return positions;
    }
}
