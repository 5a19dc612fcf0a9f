package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the followers by HTTP share. */
final class Responses {
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Responses() {}

    static HttpRequest.Builder request(URI url, String accept) {
        return HttpRequest.newBuilder(url).timeout(PATIENCE).header("Accept", accept);
    }

    /** Asks for a stream; anything but a 200 is not what a follower expects. */
    static InputStream stream(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    request.uri() + " was answered " + response.statusCode());
        }
        return response.body();
    }

    /** The next whole line, or null at the end; what comes behind the last line's end is dropped. */
    static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
        return null;
    }
}
