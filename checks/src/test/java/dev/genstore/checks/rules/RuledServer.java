package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.GenstoreBuilder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A server whose people have keys, by their names: root, who administers, ann, who is red, bob, who
 * is green, and eve. Thread-safe.
 */
final class RuledServer implements AutoCloseable {
    static final Map<String, Set<String>> PEOPLE = Map.of(
            "root", Set.of("admin"),
            "ann", Set.of("red"),
            "bob", Set.of("green"),
            "eve", Set.of());

    private final TestServer server;
    private final Map<String, String> keys;

    private RuledServer(TestServer server, Map<String, String> keys) {
        this.server = server;
        this.keys = Map.copyOf(keys);
    }

    static RuledServer start(Path folder) {
        return start(folder, builder -> builder);
    }

    static RuledServer start(Path folder, UnaryOperator<GenstoreBuilder> change) {
        ApiKeys made = ApiKeys.in(folder);
        var keys = new HashMap<String, String>();
        PEOPLE.forEach(
                (name, scopes) -> keys.put(name, made.create(name, scopes, null).text()));
        return new RuledServer(TestServer.start(folder, change), keys);
    }

    TestServer server() {
        return server;
    }

    /** Says who asks. */
    Field by(String who) {
        return new Field("Authorization", "Bearer " + keys.get(who));
    }

    /** Defines a collection's rules; returns the revision behind which they hold. */
    long rule(String collection, String rules) {
        return define(collection, "{\"rules\":" + rules + "}");
    }

    /** Defines a collection; returns the revision of that. */
    long define(String collection, String definition) {
        Answer answer = send("root", "PUT", "/api/_collections/" + collection, definition);
        assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
        return answer.json().path("_revision").asLong();
    }

    /** Writes as somebody who may. */
    void put(String path, String json) {
        Answer answer = send("root", "PUT", path, json);
        assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
    }

    Answer get(String who, String target) {
        return send(who, "GET", target, "");
    }

    /** Sends JSON, if any. */
    Answer send(String who, String method, String target, String body, String... headers) {
        List<Field> fields = new ArrayList<>(RawHttp.fields(headers));
        fields.add(by(who));
        boolean isTyped = fields.stream().anyMatch(field -> "Content-Type".equals(field.name()));
        if (!body.isEmpty() && !isTyped) {
            fields.add(new Field("Content-Type", "application/json"));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.send(server.port(), method, target, fields, bytes);
    }

    Follower follow(FollowBy by, String who, String target) {
        return by.follow(server.port(), target, List.of(by(who)));
    }

    /** Goes on behind a position. */
    Follower resume(FollowBy by, String who, String target, String position) {
        return by.follow(
                server.port(), target, List.of(by(who), new Field("Last-Event-ID", position)));
    }

    @Override
    public void close() {
        server.close();
    }
}
