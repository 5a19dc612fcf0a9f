package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.embedded.Genstore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;

@Timeout(60)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "genstore.port=0")
class ShopApplicationTest {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    Genstore store;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("genstore.data", folder::toString);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void what_a_controller_and_an_action_write_is_told_to_who_watches() throws Exception {
        try (var told = client.send(watchOfOrders(), BodyHandlers.ofLines()).body()) {
            Iterator<String> events = told.iterator();
            assertThat(events.next()).contains("\"type\":\"synced\"");
            assertThat(post(port, "/checkout", "{\"id\":\"7\",\"total\":30}").statusCode())
                    .isEqualTo(201);
            assertThat(events.next()).contains("\"type\":\"created\"", "\"total\":30");
            assertThat(post(live(), "/api/orders/7/ship", "").statusCode()).isEqualTo(200);
            assertThat(events.next()).contains("\"type\":\"updated\"", "parcel-of-7");
        }
    }

    @Test
    void what_the_store_refuses_is_a_problem_of_springs_too() throws Exception {
        HttpResponse<String> refused = post(port, "/checkout", "[1]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
    }

    private HttpRequest watchOfOrders() {
        return HttpRequest.newBuilder(url(live(), "/api/orders"))
                .header("Accept", "application/x-ndjson")
                .build();
    }

    private HttpResponse<String> post(int where, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(where, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private int live() {
        return store.address().getPort();
    }

    private static URI url(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
