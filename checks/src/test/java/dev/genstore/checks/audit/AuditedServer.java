package dev.genstore.checks.audit;

import static org.awaitility.Awaitility.await;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.embedded.audit.AuditSettings;

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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A server with an audit log, where root administers and ann may do nothing yet. */
final class AuditedServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path file;
    private final ApiKeys keys;
    private final ApiKeys.Made root;
    private final ApiKeys.Made ann;
    private final TestServer server;

    private AuditedServer(
            Path folder, UnaryOperator<AuditSettings> change, UnaryOperator<GenstoreBuilder> more) {
        this.file = folder.resolve("audit.jsonl");
        this.keys = ApiKeys.in(folder.resolve("data"));
        this.root = keys.create("root", Set.of("admin"), null);
        this.ann = keys.create("ann", Set.of(), null);
        AuditSettings settings = change.apply(AuditSettings.of(file));
        this.server = TestServer.start(
                folder.resolve("data"), builder -> more.apply(builder.audit(settings)));
    }

    static AuditedServer start(Path folder) {
        return start(folder, settings -> settings);
    }

    static AuditedServer startWithReads(Path folder) {
        return start(folder, AuditSettings::withReads);
    }

    private static AuditedServer start(Path folder, UnaryOperator<AuditSettings> change) {
        return new AuditedServer(folder, change, builder -> builder);
    }

    /** With what {@code more} makes of the defaults. */
    static AuditedServer startWith(Path folder, UnaryOperator<GenstoreBuilder> more) {
        return new AuditedServer(folder, settings -> settings, more);
    }

    /** With as few bytes for the log as may be. */
    static AuditedServer startWithLittle(Path folder) {
        return start(
                folder,
                settings -> new AuditSettings(
                        settings.file(),
                        AuditSettings.BYTES_LEAST,
                        settings.ageMax(),
                        settings.reads()));
    }

    TestServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    ApiKeys keys() {
        return keys;
    }

    ApiKeys.Made root() {
        return root;
    }

    ApiKeys.Made ann() {
        return ann;
    }

    static String principal(ApiKeys.Made key) {
        return "key:" + key.key().id();
    }

    static Field by(ApiKeys.Made key) {
        return new Field("Authorization", "Bearer " + key.text());
    }

    /** Sends JSON as root. */
    Answer send(String method, String target, String body, String... headers) {
        return send(List.of(by(root)), method, target, body, headers);
    }

    Answer send(
            List<Field> credentials, String method, String target, String body, String... headers) {
        var fields = RawHttp.fields(headers);
        fields.addAll(credentials);
        if (!body.isEmpty()) {
            fields.add(new Field("Content-Type", "application/json"));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.send(port(), method, target, fields, bytes);
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<JsonNode> lines() {
        return text().lines().map(Trees::read).toList();
    }

    /** Waits for a line of this event that is like that; returns the first one. */
    JsonNode line(String event, Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> lines().stream()
                                .filter(line -> line.path("event").asString().equals(event))
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for a line of this event about this target. */
    JsonNode line(String event, String target) {
        return line(event, line -> line.path("target").asString().equals(target));
    }

    @Override
    public void close() {
        server.close();
    }
}
