package dev.genstore.embedded.example;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.embedded.Genstore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The shop of the guide does what the guide says. */
class ShopExampleTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shipping_an_order_changes_it_and_its_watchers_are_told(@TempDir Path folder)
            throws Exception {
        try (Genstore store = ShopExample.open(folder, 0)) {
            store.resources().create("orders", "{\"id\":\"7\",\"total\":30}".getBytes(UTF_8));
            var told = new Told();
            WebSocket watcher = client.newWebSocketBuilder()
                    .buildAsync(url("ws", store, "/api/orders"), told)
                    .get(20, TimeUnit.SECONDS);
            assertThat(told.next()).contains("\"type\":\"synced\"");
            assertThat(ship(store, "7").body())
                    .contains("\"total\":30", "\"parcel\":\"parcel-of-7\"");
            assertThat(told.next())
                    .contains("\"type\":\"updated\"", "\"subject\":\"7\"", "parcel-of-7");
            watcher.abort();
        }
    }

    @Test
    void an_order_is_shipped_once_and_only_if_there_is_one(@TempDir Path folder) throws Exception {
        try (Genstore store = ShopExample.open(folder, 0)) {
            store.resources().create("orders", "{\"id\":\"7\"}".getBytes(UTF_8));
            assertThat(ship(store, "7").statusCode()).isEqualTo(200);
            HttpResponse<String> again = ship(store, "7");
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).isEqualTo("This order has been shipped.");
            HttpResponse<String> unknown = ship(store, "8");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("There is no order 8.");
        }
    }

    private HttpResponse<String> ship(Genstore store, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        url("http", store, "/api/orders/" + id + "/ship"))
                .POST(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI url(String scheme, Genstore store, String path) {
        return URI.create(scheme + "://127.0.0.1:" + store.address().getPort() + path);
    }

    /** The messages of a watcher, one for each event. */
    private static final class Told implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, part, last);
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(20, TimeUnit.SECONDS));
        }
    }
}
