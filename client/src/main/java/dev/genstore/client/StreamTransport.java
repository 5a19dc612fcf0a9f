package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * By a stream of lines (NDJSON), as many as came together at a time. It keeps to HTTP/1.1, where
 * each has a connection, so that one that is read slowly does not fill what others share.
 * Thread-safe.
 */
final class StreamTransport implements Transport {
    private static final int OK = 200;

    private final Requests requests;
    private final Executor executor;

    StreamTransport(Requests requests, Executor executor) {
        this.requests = requests;
        this.executor = executor;
    }

    @Override
    public Connection open(String path, boolean refused, Ear ear) {
        var lines = new Lines(requests.mapper(), ear);
        var stream = new Stream(lines, ear);
        executor.execute(() -> open(path, refused, stream));
        return stream;
    }

    private void open(String path, boolean refused, Stream stream) {
        try {
            HttpRequest request = requests.to(path, refused)
                    .header("Accept", "application/x-ndjson")
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            stream.follow(requests.http().sendAsync(request, told -> body(told, stream.lines)));
        } catch (RuntimeException failure) {
            stream.ear.ended(failure);
        }
    }

    /** Empty at the end of a stream; else why there is none. */
    private BodySubscriber<Optional<Problem>> body(HttpResponse.ResponseInfo told, Lines lines) {
        if (told.statusCode() == OK) {
            return lines;
        }
        BodySubscriber<byte[]> whole = BodyHandlers.limiting(
                        BodyHandlers.ofByteArray(), Message.BYTES_MAX)
                .apply(told);
        return BodySubscribers.mapping(
                whole,
                bytes -> Optional.of(requests.problem(told.statusCode(), told.headers(), bytes)));
    }

    /** One stream. Thread-safe. */
    private static final class Stream implements Connection {
        private final Lines lines;
        private final Ear ear;
        private volatile @Nullable CompletableFuture<?> answer;
        private volatile boolean isClosed;

        Stream(Lines lines, Ear ear) {
            this.lines = lines;
            this.ear = ear;
        }

        void follow(CompletableFuture<HttpResponse<Optional<Problem>>> asked) {
            answer = asked;
            if (isClosed) {
                asked.cancel(true);
            }
            asked.whenComplete(
                    (over, failure) -> ear.ended(over == null ? failure : reason(over.body())));
        }

        private static @Nullable Problem reason(Optional<Problem> told) {
            return told.orElse(null);
        }

        @Override
        public void more() {
            lines.more();
        }

        @Override
        public void close() {
            isClosed = true;
            lines.cancel();
            CompletableFuture<?> open = answer;
            if (open != null) {
                open.cancel(true);
            }
        }
    }
}
