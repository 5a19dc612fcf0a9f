package dev.genstore.server.remote;

import dev.genstore.server.remote.RemoteFailure.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** A server as a client has it. Thread-safe. */
public final class Remote implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    private final URI server;
    private final @Nullable String token;
    private final HttpClient client;

    /**
     * A client of a server; it connects when it is first asked something.
     *
     * @param server its URL, without a slash at its end
     * @param token an API key or a signed token, or null
     */
    public Remote(URI server, @Nullable String token) {
        this(server, token, null);
    }

    /**
     * The same with authorities of one's own.
     *
     * @param trust whom to believe who the server is, or null for those whom Java knows
     */
    public Remote(URI server, @Nullable String token, @Nullable SSLContext trust) {
        this.server = server;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT);
        client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    public URI server() {
        return server;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws RemoteFailure when it was not done
     */
    public Answered send(Call call) {
        HttpResponse<String> response =
                exchange(request(call), BodyHandlers.ofString(StandardCharsets.UTF_8));
        var answer = new Answered(response.statusCode(), response.headers(), response.body());
        if (answer.status() >= 300) {
            throw Refusals.of(answer);
        }
        return answer;
    }

    /**
     * Asks for events, a line each.
     *
     * @throws RemoteFailure when the server does not want to
     */
    public Lines lines(Place watched) {
        Call call = Call.of("GET", watched).with("Accept", "application/x-ndjson");
        HttpResponse<InputStream> response = exchange(request(call), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw Refusals.of(
                    new Answered(response.statusCode(), response.headers(), all(response.body())));
        }
        return new Lines(response.body());
    }

    private String all(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw meaning(failure);
        }
    }

    /** Ends it, with all that goes on. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(Call call) {
        var request = HttpRequest.newBuilder(URI.create(server + call.place().url()))
                .method(call.method(), BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** A limit of the client's own would be about the whole of an answer, which may have no end. */
    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request.build(), handler);
        try {
            return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw meaning(Objects.requireNonNullElse(failure.getCause(), failure));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw unavailable("does not answer", late);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", interruption);
        }
    }

    private RemoteFailure meaning(Throwable failure) {
        String why = failure.getMessage();
        if (failure instanceof SSLException && isPlain(why)) {
            return unavailable("does not speak TLS", failure);
        }
        if (failure instanceof SSLException) {
            String message = server + " is not who it should be (" + why
                    + "). The certificate of an authority of your own is named by --ca or GENSTORE_CA.";
            return new RemoteFailure(Kind.UNAVAILABLE, 0, message, null, failure);
        }
        return unavailable(
                failure instanceof ConnectException
                        ? "can't be reached"
                        : "does not answer" + (why == null ? "" : " (" + why + ")"),
                failure);
    }

    /** It says "Unsupported or unrecognized SSL message", or "…, plaintext connection?". */
    private static boolean isPlain(@Nullable String why) {
        return why != null && why.contains("ecognized SSL message");
    }

    private RemoteFailure unavailable(String how, Throwable cause) {
        String message = server + " " + how + ". Is a server running there ('genstore serve')?"
                + " Another one is named by --server or GENSTORE_SERVER.";
        return new RemoteFailure(Kind.UNAVAILABLE, 0, message, null, cause);
    }
}
