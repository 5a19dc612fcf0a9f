package com.example.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.embedded.Genstore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;

@Timeout(60)
class TasksTest {
    @Test
    void who_watches_the_tasks_is_told_that_one_is_done(@TempDir Path folder) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                Genstore store = Tasks.open(folder, 0)) {
            store.resources().create("tasks", "{\"id\":\"1\",\"done\":false}".getBytes(UTF_8));
            Iterator<String> told = watch(client, store, "/api/tasks");
            assertTrue(told.next().contains("\"done\":false"));
            assertTrue(told.next().contains("\"type\":\"synced\""));
            assertEquals(204, post(client, store, "/api/tasks/1/done"));
            assertTrue(told.next().contains("\"done\":true"));
        }
    }

    @Test
    void what_is_not_there_can_not_be_done(@TempDir Path folder) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                Genstore store = Tasks.open(folder, 0)) {
            assertEquals(404, post(client, store, "/api/tasks/1/done"));
        }
    }

    /** The events as they come, each a line of JSON: first what is there, then what changes. */
    private static Iterator<String> watch(HttpClient client, Genstore store, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(store, path + "?since=0"))
                .header("Accept", "application/x-ndjson")
                .build();
        return client.send(request, BodyHandlers.ofLines()).body().iterator();
    }

    private static int post(HttpClient client, Genstore store, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(store, path))
                .POST(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static URI url(Genstore store, String path) {
        return URI.create("http://127.0.0.1:" + store.address().getPort() + path);
    }
}
