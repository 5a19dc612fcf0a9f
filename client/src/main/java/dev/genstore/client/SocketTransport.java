package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By WebSocket, a message at a time. A handshake that is refused is no last word, as a proxy may
 * have refused it: the next transport asks the server itself. Thread-safe.
 */
final class SocketTransport implements Transport {
    private static final Pattern RETRY_AFTER = Pattern.compile("retry-after=(\\d{1,9}).*");
    private static final int EXPIRED = 4401;

    private final Requests requests;
    private final Executor executor;
    private final Duration opening;

    SocketTransport(Requests requests, Executor executor, Duration opening) {
        this.requests = requests;
        this.executor = executor;
        this.opening = opening;
    }

    @Override
    public Connection open(String path, boolean refused, Ear ear) {
        var socket = new Socket(requests, ear);
        executor.execute(() -> open(path, refused, socket));
        return socket;
    }

    private void open(String path, boolean refused, Socket socket) {
        try {
            WebSocket.Builder builder = requests.http()
                    .newWebSocketBuilder()
                    .connectTimeout(opening)
                    .subprotocols("cloudevents.json");
            requests.authorization(refused)
                    .ifPresent(value -> builder.header("Authorization", value));
            String base = requests.base().replaceFirst("^http", "ws");
            builder.buildAsync(Surroundings.url(base, path), socket)
                    .whenComplete((opened, failure) -> socket.tried(failure));
        } catch (RuntimeException failure) {
            socket.tried(failure);
        }
    }

    private static Problem closed(int code, String reason) {
        Matcher wait = RETRY_AFTER.matcher(reason);
        return new Problem(
                code == EXPIRED ? 401 : code,
                "/problems/" + (reason.isEmpty() ? "closed" : reason),
                reason.isEmpty() ? "The server closed with " + code + "." : reason,
                List.of(),
                wait.matches() ? Duration.ofMillis(Long.parseLong(wait.group(1))) : Duration.ZERO);
    }

    /** One socket. Its listener is called by one thread at a time; the rest is thread-safe. */
    private static final class Socket implements WebSocket.Listener, Connection {
        private final Requests requests;
        private final Ear ear;
        private final StringBuilder message = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private volatile boolean isClosed;

        Socket(Requests requests, Ear ear) {
            this.requests = requests;
            this.ear = ear;
        }

        void tried(@Nullable Throwable failure) {
            if (failure != null) {
                ear.ended(cause(failure));
            }
        }

        private static @Nullable Throwable cause(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (!(cause instanceof WebSocketHandshakeException refusal)) {
                return cause;
            }
            HttpResponse<?> answer = refusal.getResponse();
            return new Problem(
                    0,
                    "/problems/closed",
                    "The server answered " + answer.statusCode() + ".",
                    List.of(),
                    Requests.retryAfter(answer.headers()));
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            if (isClosed) {
                opened.abort();
            } else {
                opened.request(1);
            }
        }

        @Override
        public void more() {
            WebSocket open = socket;
            if (open != null) {
                open.request(1);
            }
        }

        /** The server is told, and not waited for. */
        @Override
        public void close() {
            isClosed = true;
            WebSocket open = socket;
            if (open != null) {
                open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .whenComplete((sent, failure) -> open.abort());
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (message.length() > Message.BYTES_MAX) {
                ear.ended(Message.tooLarge());
            } else if (last) {
                tell(message.toString());
                message.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        private void tell(String json) {
            try {
                ear.told(List.of(Message.read(requests.mapper(), json)));
            } catch (IllegalArgumentException noEvent) {
                ear.ended(noEvent);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ear.ended(closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ear.ended(failure);
        }
    }
}
