package dev.genstore.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets keys by HTTP. It follows no redirect, since that would lead away from where the operator has
 * said that the keys are, and has a limit for the size and for the time in all, however slowly the
 * bytes come. Thread-safe.
 */
final class HttpKeyFetch implements KeyFetch {
    private static final int BYTES_MAX = 256 << 10;

    private final Duration patience;
    private final HttpClient client;

    HttpKeyFetch(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public byte[] fetch(URI url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        var sending = new FutureTask<>(() ->
                client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX)));
        Thread.ofVirtual().name("genstore-fetch").start(sending);
        HttpResponse<byte[]> response = await(sending);
        if (response.statusCode() != 200) {
            throw new IOException("it answers with " + response.statusCode());
        }
        return response.body();
    }

    /** Not by sendAsync: that ends on the common pool, which others may keep busy. */
    private <T> T await(FutureTask<T> answer) throws IOException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (TimeoutException late) {
            throw new IOException("it does not answer within " + patience, late);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", interruption);
        } finally {
            answer.cancel(true);
        }
    }
}
