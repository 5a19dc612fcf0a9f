package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes at random for good, one write at a time on a connection that it keeps, and remembers what it
 * was answered. What it does follows from its seed, as far as the answers do.
 *
 * <p>Thread-safe; {@link #run} is for one thread.
 */
final class Writing implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TEXT_MAX = 400;
    private static final int KNOWN_MAX = 20;

    private final Site site;
    private final String name;
    private final Random random;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> known = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @GuardedBy("attempts") private final List<Attempt> attempts = new ArrayList<>();

    private int count;
    private volatile boolean isEnding;

    Writing(Site site, String name, long seed) {
        this.site = site;
        this.name = name;
        this.random = new Random(seed);
    }

    /** What it has tried so far. */
    List<Attempt> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }

    /** Lets it end behind the write that it is at. */
    void end() {
        isEnding = true;
    }

    @Override
    public void run() {
        try (client) {
            while (!isEnding) {
                write(site.await());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until it has ended. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (!ended.await(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end");
        }
    }

    private void write(URI server) throws InterruptedException {
        String write = name + '-' + ++count;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> send(server, "POST", collection(), write, body(write, ""));
            case 3 ->
                send(server, "POST", collection(), write, body(write, "\"id\":\"" + write + "\","));
            case 4, 5, 6 -> send(server, "PUT", resource(), write, body(write, ""));
            case 7, 8 -> send(server, "PATCH", resource(), write, patch(write));
            default -> send(server, "DELETE", resource(), write, "");
        }
    }

    private String collection() {
        return random.nextInt(3) == 0 ? "/api/tasks" : "/api/notes";
    }

    /** One of its own, or one that all of them write to. */
    private String resource() {
        return known.isEmpty() || random.nextInt(4) == 0
                ? "/api/notes/shared-" + random.nextInt(3)
                : known.get(random.nextInt(known.size()));
    }

    private String body(String write, String more) {
        return "{" + more + "\"by\":\"" + write + "\",\"text\":\""
                + "é€😀x".repeat(random.nextInt(TEXT_MAX)) + "\",\"list\":[" + count + "]}";
    }

    private String patch(String write) {
        return "{\"by\":\"" + write + "\",\"text\":null,\"nested\":{\"n" + random.nextInt(5) + "\":"
                + count + "}}";
    }

    private void send(URI server, String method, String path, String write, String body)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Request-Id", write)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            answered(new Attempt(
                    write,
                    method,
                    path,
                    response.statusCode(),
                    position(response),
                    response.body()));
            response.headers().firstValue("Location").ifPresent(this::remember);
        } catch (IOException broken) {
            answered(new Attempt(write, method, path, 0, null, broken.toString()));
        } catch (InterruptedException interruption) {
            answered(new Attempt(write, method, path, 0, null, "interrupted"));
            throw interruption;
        }
    }

    private static String position(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElse("").replace("\"", "");
    }

    private void answered(Attempt attempt) {
        synchronized (attempts) {
            attempts.add(attempt);
        }
    }

    private void remember(String location) {
        if (known.size() == KNOWN_MAX) {
            known.removeFirst();
        }
        known.add(URI.create(location).getPath());
    }
}
