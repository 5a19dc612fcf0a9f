package dev.genstore.checks.clients;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The process of Node.js in which the JavaScript clients run; {@code main.mjs} says how it is talked
 * with. One is enough for all tests. Thread-safe.
 */
final class Node implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ERRORS = "node-errors.txt";
    private static final String ENDED = "Node.js has ended; target/js/" + ERRORS + " may say why";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Process process;
    private final Writer commands;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();

    private Node(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
    }

    /**
     * Starts it.
     *
     * @param chromium the browser for those clients that live in one
     */
    static Node start(@Nullable Path chromium) {
        Path folder = Npm.install();
        var command = new ProcessBuilder("node", "main.mjs")
                .directory(folder.toFile())
                .redirectError(folder.resolve(ERRORS).toFile());
        if (chromium != null) {
            command.environment().put("CHROMIUM", chromium.toString());
        }
        var node = new Node(Npm.start(command));
        Thread.ofVirtual().name("node-reader").start(node::read);
        return node;
    }

    private void read() {
        process.inputReader().lines().forEach(line -> {
            JsonNode told = MAPPER.readTree(line);
            Consumer<JsonNode> listener = listeners.get(told.path("id").asString());
            if (listener != null) {
                listener.accept(told);
            }
        });
    }

    /**
     * Opens a client.
     *
     * @param listener hears what happens to it
     * @return the name under which it goes on
     */
    String open(Map<String, String> command, Consumer<JsonNode> listener) {
        String id = newId();
        await(id, command, "opened", listener);
        return id;
    }

    /** What the CloudEvents SDK of npm makes of a body of this content type. */
    JsonNode parse(String contentType, String text) {
        return await(newId(), Map.of("parse", contentType, "text", text), "parsed", told -> {})
                .path("parsed");
    }

    private String newId() {
        return Integer.toString(lastId.incrementAndGet());
    }

    private JsonNode await(
            String id, Map<String, String> command, String answer, Consumer<JsonNode> listener) {
        var answered = new CompletableFuture<JsonNode>();
        listeners.put(id, told -> {
            listener.accept(told);
            if (told.has(answer)) {
                answered.complete(told);
            } else if (told.has("fault")) {
                answered.completeExceptionally(new IllegalStateException(told.toString()));
            }
        });
        process.onExit()
                .thenRun(() -> answered.completeExceptionally(new IllegalStateException(ENDED)));
        send(id, command);
        return answered.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Sends one more command to something that runs. */
    void send(String id, Map<String, String> command) {
        var line = new HashMap<>(command);
        line.put("id", id);
        try {
            synchronized (commands) {
                commands.write(MAPPER.writeValueAsString(line) + '\n');
                commands.flush();
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ENDED, ended);
        }
    }

    /** Ends it, and the browser. */
    @Override
    public void close() {
        try {
            commands.close();
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception stuck) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
