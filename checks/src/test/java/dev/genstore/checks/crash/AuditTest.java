package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What the audit log has when the server is killed, and when the disk is full. */
@Timeout(180)
class AuditTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] NOTE = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final AtomicInteger last = new AtomicInteger();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @Test
    void a_kill_leaves_whole_lines_and_those_of_all_writes_that_were_answered_before()
            throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Set<String> before = killWhileWriting(file);
        try (ServerProcess again = start(file)) {
            put(again.url().getPort(), "/api/notes/again");
            awaitLine(file, "/api/notes/again");
        }
        List<JsonNode> lines = lines(file);
        assertThat(targets(lines)).containsAll(before);
        assertThat(events(lines)).containsSequence("started", "write");
        assertThat(events(lines).stream().filter("started"::equals)).hasSize(2);
    }

    /** Returns what was written before a write that has its line. */
    private Set<String> killWhileWriting(Path file) {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor();
                ServerProcess server = start(file)) {
            int port = server.url().getPort();
            for (int i = 0; i < 4; i++) {
                writers.execute(() -> writeUntilItEnds(port));
            }
            await().atMost(PATIENCE).until(() -> answered.size() > 200);
            Set<String> before = Set.copyOf(answered);
            put(port, "/api/notes/marker");
            awaitLine(file, "/api/notes/marker");
            server.kill();
            return before;
        }
    }

    private void writeUntilItEnds(int port) {
        try {
            while (true) {
                String target = "/api/notes/" + last.incrementAndGet();
                put(port, target);
                answered.add(target);
            }
        } catch (RuntimeException killed) {
            // as it should be
        }
    }

    @Test
    void while_the_disk_is_full_everything_else_goes_on_and_its_lines_come_when_there_is_space()
            throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"));
        if (mounted.isPresent()) {
            try (SmallDisk disk = mounted.get()) {
                fillAndFree(disk);
            }
        } else {
            // Only root may mount a disk to fill; a disk that refuses is tried without a server,
            // too.
            requireLine(folder.resolve("audit.jsonl"));
        }
    }

    private void fillAndFree(SmallDisk disk) throws IOException {
        Path file = disk.folder().resolve("audit.jsonl");
        try (ServerProcess server = start(file)) {
            int port = server.url().getPort();
            put(port, "/api/notes/before");
            awaitLine(file, "/api/notes/before");
            disk.fill();
            for (int i = 0; i < 100; i++) {
                put(port, "/api/notes/" + "x".repeat(100) + i);
            }
            await().atMost(PATIENCE).until(() -> server.errors().contains("can't be written"));
            assertThat(targets(wholeLines(file))).contains("/api/notes/before");
            requireSays(port, "ok, but not all is well", "genstore_audit_failing 1");
            disk.free();
            put(port, "/api/notes/behind");
            awaitLine(file, "/api/notes/behind");
            assertThat(targets(lines(file))).contains("/api/notes/" + "x".repeat(100) + "99");
            requireSays(port, "ok\n", "genstore_audit_failing 0");
        }
    }

    private static void requireSays(int port, String health, String metric) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(RawHttp.get(port, "/healthz").text()).startsWith(health);
            assertThat(RawHttp.get(port, "/metrics").text()).contains(metric);
        });
        assertThat(RawHttp.get(port, "/healthz").status()).isEqualTo(200);
    }

    private void requireLine(Path file) {
        try (ServerProcess server = start(file)) {
            put(server.url().getPort(), "/api/notes/behind");
            awaitLine(file, "/api/notes/behind");
        }
    }

    private ServerProcess start(Path file) {
        return Launch.serve(folder, "--audit", file.toString()).start();
    }

    private static void put(int port, String target) {
        var fields = RawHttp.fields("Content-Type", "application/json");
        assertThat(RawHttp.send(port, "PUT", target, fields, NOTE).status()).isEqualTo(201);
    }

    private static void awaitLine(Path file, String target) {
        await().atMost(PATIENCE).until(() -> read(file).contains("\"target\":\"" + target + "\""));
    }

    /** All lines, each of which must be one. */
    private static List<JsonNode> lines(Path file) {
        assertThat(read(file)).endsWith("}\n");
        return read(file).lines().map(Trees::read).toList();
    }

    /** The lines before what may be a part of one, while it is being written. */
    private static List<JsonNode> wholeLines(Path file) {
        String text = read(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Trees::read)
                .toList();
    }

    private static Set<String> targets(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.path("target").asString(""))
                .collect(Collectors.toSet());
    }

    private static List<String> events(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("event").asString()).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
