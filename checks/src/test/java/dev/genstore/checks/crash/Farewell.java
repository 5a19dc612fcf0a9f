package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A watcher by WebSocket that only wants to know how it ends. Thread-safe. */
final class Farewell implements WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<Close> close = new CompletableFuture<>();

    @GuardedBy("this") private final StringBuilder text = new StringBuilder();

    /** The server's Close frame. */
    record Close(int code, String reason) {}

    /** Watches this URL. */
    static Farewell of(URI server, String target) {
        var farewell = new Farewell();
        URI url = URI.create("ws" + server.resolve(target).toString().substring(4));
        Responses.CLIENT.newWebSocketBuilder().buildAsync(url, farewell).join();
        return farewell;
    }

    /** Waits for the end. */
    Close await() {
        return close.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** All that it was told. */
    synchronized String text() {
        return text.toString();
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(
            WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        close.complete(new Close(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        close.completeExceptionally(failure);
    }
}
