package dev.genstore.checks.clients;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;

/** The WebSocket of the JDK. */
final class JdkSocket implements Client {
    @Override
    public Way way() {
        return Way.WEBSOCKET;
    }

    @Override
    public boolean comesBack() {
        return false;
    }

    @Override
    public Connection follow(URI url, String since, Reader reader) {
        HttpClient client = HttpClient.newHttpClient();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("cloudevents.json")
                .buildAsync(Client.socket(Client.since(url, since)), new Listener(reader))
                .join();
        return () -> socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .whenComplete((sent, failure) -> client.shutdown());
    }

    @Override
    public String toString() {
        return "java.net.http.WebSocket";
    }

    /** Puts messages together; confined to one thread at a time by the client. */
    private static final class Listener implements WebSocket.Listener {
        private final Reader reader;
        private final StringBuilder message = new StringBuilder();

        Listener(Reader reader) {
            this.reader = reader;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                reader.event(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            reader.ended(new Ending.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            reader.ended(new Ending.Broken(failure.toString()));
        }
    }
}
