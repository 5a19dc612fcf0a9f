package dev.genstore.checks.crash;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** WebSocket by the JDK's client. */
final class SocketStream implements Transport.Stream {
    @Override
    public void follow(
            URI server, Asked asked, @Nullable String position, Consumer<Telling> watcher)
            throws IOException, InterruptedException {
        URI url =
                URI.create("ws" + server.resolve(asked.url(position)).toString().substring(4));
        var listener = new Listener(watcher);
        try {
            Responses.CLIENT.newWebSocketBuilder().buildAsync(url, listener).get();
            listener.ended.get();
        } catch (ExecutionException failure) {
            throw cause(failure);
        }
    }

    private static IOException cause(ExecutionException failure) {
        return switch (failure.getCause()) {
            case IOException broken -> broken;
            case null, default -> throw new IllegalStateException(failure);
        };
    }

    private static final class Listener implements WebSocket.Listener {
        final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        private final Consumer<Telling> watcher;
        private final StringBuilder text = new StringBuilder();

        Listener(Consumer<Telling> watcher) {
            this.watcher = watcher;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                Telling telling = Telling.read(text.toString());
                text.setLength(0);
                watcher.accept(telling);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended.completeExceptionally(failure);
        }
    }
}
