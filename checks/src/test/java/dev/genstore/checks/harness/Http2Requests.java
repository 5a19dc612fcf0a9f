package dev.genstore.checks.harness;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests by HTTP/2 with the JDK's client, some of which share a connection. Thread-safe. */
final class Http2Requests {
    /** What that client writes itself, or belongs to connections of HTTP/1.1. */
    private static final Set<String> NOT_GIVEN = Set.of(
            "connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    /** So many are asked for over one connection; of what goes on a server allows not many more. */
    private static final int SHARED_MAX = 50;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final Map<Integer, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    private Http2Requests() {}

    /** One that nobody has any more closes itself. */
    private static HttpClient client() {
        int number = ASKED.getAndIncrement() / SHARED_MAX;
        CLIENTS.keySet().removeIf(old -> old < number - 1);
        return CLIENTS.computeIfAbsent(
                number,
                any -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(ForcedTls.context())
                        .build());
    }

    /** Whether this run wants such a request so, and the client can make it. */
    static boolean takes(List<Field> headers) {
        return ForcedTls.isHttp2()
                && headers.stream()
                        .noneMatch(
                                field -> NOT_GIVEN.contains(field.name().toLowerCase(Locale.ROOT)));
    }

    /** A whole answer. */
    static Answer send(int port, String method, String target, List<Field> headers, byte[] body) {
        return whole(begin(port, method, target, headers, body));
    }

    /** The answer that began so. */
    static Answer whole(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return answer(response).with(in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The content of a stream; one that was cut ends as one of HTTP/1.1 does. */
    static InputStream content(HttpResponse<InputStream> response) {
        return new FilterInputStream(response.body()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return super.read(bytes, offset, length);
                } catch (IOException failure) {
                    throw (IOException) new EOFException("it was cut").initCause(failure);
                }
            }
        };
    }

    /** An answer whose content is read piece by piece; closing it resets the stream. */
    static HttpResponse<InputStream> begin(
            int port, String method, String target, List<Field> headers, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + target))
                .method(
                        method,
                        body.length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body));
        headers.forEach(field -> request.header(field.name(), field.value()));
        try {
            HttpResponse<InputStream> response =
                    client().send(request.build(), BodyHandlers.ofInputStream());
            if (response.version() != HttpClient.Version.HTTP_2) {
                throw new IOException("not answered by HTTP/2");
            }
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    /** Status and header fields. */
    private static Answer answer(HttpResponse<?> response) {
        List<Field> fields = response.headers().map().entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(":"))
                .flatMap(entry ->
                        entry.getValue().stream().map(value -> new Field(entry.getKey(), value)))
                .toList();
        return new Answer(response.statusCode(), fields, new byte[0]);
    }
}
