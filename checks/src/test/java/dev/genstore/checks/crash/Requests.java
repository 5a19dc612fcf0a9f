package dev.genstore.checks.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Single requests to a server. Thread-safe. */
record Requests(URI server) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send("GET", target, "");
    }

    HttpResponse<String> put(String target, String json) throws IOException, InterruptedException {
        return send("PUT", target, json);
    }

    private HttpResponse<String> send(String method, String target, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(target))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return Responses.CLIENT.send(request, BodyHandlers.ofString());
    }
}
