package dev.genstore.checks.harness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain requests by the JDK's client. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestServer server;
    private final HttpClient client;

    public Http(TestServer server) {
        this.server = server;
        this.client = builder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static HttpClient.Builder builder() {
        HttpClient.Builder plain = HttpClient.newBuilder();
        return ForcedTls.isOn() ? plain.sslContext(ForcedTls.context()) : plain;
    }

    public HttpResponse<String> get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    /** Sends JSON, unless the headers say another content type. */
    public HttpResponse<String> send(String method, String target, String body, String... headers) {
        var request = HttpRequest.newBuilder(server.url(target))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(request.method() + " " + request.uri(), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }
}
