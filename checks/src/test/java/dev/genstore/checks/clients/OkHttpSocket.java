package dev.genstore.checks.clients;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/** OkHttp's WebSocket, which sends pings of its own and fails when they are not answered. */
final class OkHttpSocket implements Client {
    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().pingInterval(Duration.ofSeconds(1)).build();
    private static final int NORMAL = 1000;

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
        Request request = new Request.Builder()
                .url(Client.since(url, since).toString())
                .header("Sec-WebSocket-Protocol", "cloudevents.json")
                .build();
        WebSocket socket = CLIENT.newWebSocket(request, new Listener(reader));
        return () -> socket.close(NORMAL, null);
    }

    @Override
    public String toString() {
        return "okhttp3.WebSocket";
    }

    private static final class Listener extends WebSocketListener {
        private final Reader reader;

        Listener(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            reader.event(text);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(NORMAL, null);
            reader.ended(new Ending.Closed(code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            reader.ended(new Ending.Broken(failure + " " + response));
        }
    }
}
