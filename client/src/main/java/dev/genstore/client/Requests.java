package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to one server, with a token, and what their answers mean. Thread-safe. */
final class Requests {
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final String base;
    private final JsonMapper mapper;
    private final @Nullable TokenSource tokens;
    private final boolean renews;
    private final Duration answering;

    Requests(
            HttpClient http,
            String base,
            JsonMapper mapper,
            @Nullable TokenSource tokens,
            boolean renews,
            Duration answering) {
        this.answering = answering;
        this.http = http;
        this.base = base;
        this.mapper = mapper;
        this.tokens = tokens;
        this.renews = renews;
    }

    HttpClient http() {
        return http;
    }

    String base() {
        return base;
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** What goes into the {@code Authorization} header. */
    Optional<String> authorization(boolean refused) {
        String token = tokens == null ? null : tokens.token(refused);
        return Optional.ofNullable(token).map(known -> "Bearer " + known);
    }

    /** A request that is begun. */
    HttpRequest.Builder to(String path, boolean refused) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Surroundings.url(base, path));
        authorization(refused).ifPresent(value -> request.setHeader("Authorization", value));
        return request;
    }

    /**
     * The answer, if it is a success or 304; else a {@link Problem}. A refused token is renewed
     * once.
     *
     * @param body null for none
     */
    HttpResponse<byte[]> send(
            String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        HttpResponse<byte[]> answer = sendOnce(method, path, headers, body, false);
        if (answer.statusCode() == UNAUTHORIZED && renews) {
            answer = sendOnce(method, path, headers, body, true);
        }
        if (answer.statusCode() / 100 == 2 || answer.statusCode() == NOT_MODIFIED) {
            return answer;
        }
        throw problem(answer.statusCode(), answer.headers(), answer.body());
    }

    private HttpResponse<byte[]> sendOnce(
            String method,
            String path,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean refused) {
        HttpRequest.Builder request = to(path, refused)
                .timeout(answering)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try {
            return http.send(
                    request.build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), Message.BYTES_MAX));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        }
    }

    /** What an answer says that is no success. */
    Problem problem(int status, HttpHeaders headers, byte[] body) {
        JsonNode told = tree(body);
        return new Problem(
                status,
                told.path("type").asString("about:blank"),
                told.path("detail").asString("The server answered " + status + "."),
                faults(told),
                retryAfter(headers));
    }

    /** What the server says; it may be a proxy, which says something else. */
    private JsonNode tree(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException noJson) {
            return mapper.createObjectNode();
        }
    }

    private static List<Problem.Fault> faults(JsonNode told) {
        var faults = new ArrayList<Problem.Fault>();
        for (JsonNode fault : told.path("errors")) {
            faults.add(new Problem.Fault(
                    fault.path("pointer").asString(""), fault.path("detail").asString("")));
        }
        return faults;
    }

    /** In seconds; as a date it is not believed, since clocks differ. */
    static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }
}
