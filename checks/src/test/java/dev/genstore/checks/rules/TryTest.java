package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Trees;
import dev.genstore.query.Authority;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a definition would do is what it does when it is one, and finding that out has an end. */
class TryTest {
    private static final int ROUNDS = 40;
    private static final List<String> PEOPLE = List.of("ann", "bob", "eve");
    private static final List<String> OPERATIONS = List.of("read", "create", "update", "delete");
    private static final List<String> CONDITIONS = List.of(
            "true",
            "false",
            "\"red\" in auth.scopes",
            "auth.name == \"bob\"",
            "auth.level > 3",
            "resource.owner == auth.name",
            "resource.open",
            "10 / resource.nothing > 1",
            "next.owner == auth.name",
            "next.open && next.owner != \"eve\"");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private RuledServer server;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Resources resources() {
        return server.server().store().resources();
    }

    private JsonNode trying(String body) {
        Answer answer = server.send("root", "QUERY", "/api/_try", body);
        assertThat(answer.status()).as("seed %d: %s", seed, answer).isEqualTo(200);
        return answer.json();
    }

    /** Each rule speaks of what it may. */
    private String rule(String operation) {
        List<String> fitting = CONDITIONS.stream()
                .filter(each -> !each.contains("resource.") || !operation.equals("create"))
                .filter(each -> !each.contains("next.") || operation.matches("create|update"))
                .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private String rules() {
        var rules = new ArrayList<String>();
        for (String operation : OPERATIONS) {
            if (random.nextInt(6) > 0) {
                String text = rule(operation).replace("\"", "\\\"");
                rules.add("\"" + operation + "\":\"" + text + "\"");
            }
        }
        return "{" + String.join(",", rules) + "}";
    }

    private String note() {
        return "{\"owner\":\"" + PEOPLE.get(random.nextInt(3)) + "\",\"open\":"
                + random.nextBoolean() + ",\"size\":" + random.nextInt(1_000_000) + "}";
    }

    @Test
    void what_is_tried_comes_to_what_is_answered_when_it_counts() {
        for (int round = 0; round < ROUNDS; round++) {
            String rules = rules();
            String who = PEOPLE.get(random.nextInt(3));
            String note = note();
            server.put("/api/notes/1", note);
            server.put("/api/notes/2", note);
            String next = note();
            JsonNode tried = trying("{\"collection\":\"notes\",\"definition\":{\"rules\":" + rules
                    + "},\"as\":" + auth(who) + ",\"id\":\"1\",\"next\":" + next + "}");
            server.rule("notes", rules);
            requireSame(tried, who, next, rules);
            server.send("root", "DELETE", "/api/_collections/notes", "");
        }
    }

    /** As the server itself says who it is. */
    private String auth(String who) {
        Answer session = server.get(who, "/api/_session");
        String id = session.json().path("principal").asString();
        return "{\"id\":\"" + id + "\",\"kind\":\"key\",\"name\":\"" + who + "\",\"scopes\":"
                + session.json().path("scopes") + "}";
    }

    private void requireSame(JsonNode tried, String who, String next, String rules) {
        Map<String, Answer> answers = Map.of(
                "read", server.get(who, "/api/notes/1"),
                "create", server.send(who, "PUT", "/api/notes/3", next),
                "update", server.send(who, "PATCH", "/api/notes/1", next),
                "delete", server.send(who, "DELETE", "/api/notes/2", ""));
        server.send("root", "DELETE", "/api/notes/3", "");
        answers.forEach((operation, answer) -> {
            JsonNode may = tried.path("may").path(operation);
            assertThat(may.path("allowed").asBoolean())
                    .as("seed %d: %s by %s with %s: %s", seed, operation, who, rules, answer)
                    .isEqualTo(answer.status() < 300);
        });
    }

    @Test
    void what_somebody_would_see_is_what_he_sees() {
        fill("notes", 50, "{\"n\":", "}");
        String rules = "{\"read\":\"resource.n > 24 || auth.name == \\\"bob\\\"\"}";
        for (String who : PEOPLE) {
            JsonNode tried = trying("{\"collection\":\"notes\",\"definition\":{\"rules\":" + rules
                    + "},\"as\":" + auth(who) + "}");
            server.rule("notes", rules);
            JsonNode list = server.get(who, "/api/notes").json();
            assertThat(tried.path("sees").path("count").asInt())
                    .isEqualTo(list.path("items").size());
            assertThat(tried.path("sees").path("items").get(0))
                    .isEqualTo(list.path("items").get(0));
        }
    }

    @Test
    void what_is_seen_is_counted_up_to_a_bound_and_the_first_are_shown() {
        fill("notes", 1_001, "{\"n\":", "}");
        JsonNode sees = sees("true");
        assertThat(sees.path("count").asInt()).isEqualTo(1_000);
        assertThat(sees.path("all").asBoolean()).isFalse();
        assertThat(sees.path("items")).hasSize(20);
    }

    @Test
    void what_is_seen_is_counted_up_to_a_weight() {
        String note = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
        byte[] json = note.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 6; i++) {
            resources().create("notes", json);
        }
        JsonNode sees = sees("true");
        assertThat(sees.path("count").asInt()).isBetween(4, 5);
        assertThat(sees.path("all").asBoolean()).isFalse();
    }

    @Test
    void so_many_are_looked_through_and_held_against_a_schema() {
        fill("notes", 10_001, "{\"n\":", "}");
        JsonNode sees = sees("resource.n == 0");
        assertThat(sees.path("count").asInt()).isEqualTo(1);
        assertThat(sees.path("all").asBoolean()).isFalse();
        JsonNode unfit = trying("{\"collection\":\"notes\",\"definition\":{\"schema\":"
                        + "{\"required\":[\"title\"]}}}")
                .path("unfit");
        assertThat(unfit.path("count").asInt()).isEqualTo(10_000);
        assertThat(unfit.path("all").asBoolean()).isFalse();
        assertThat(unfit.path("errors")).hasSize(20);
    }

    @Test
    void of_very_many_mistakes_the_first_are_told_and_the_rest_is_not_looked_at() {
        String wrong = IntStream.range(0, 21)
                .mapToObj(i -> "\"m" + i + "\":1,")
                .collect(Collectors.joining());
        JsonNode tried = trying("{\"collection\":\"notes\",\"definition\":{" + wrong
                + "\"schema\":{}},\"next\":{}}");
        assertThat(tried.path("wrong")).hasSize(20);
        assertThat(tried.has("fits")).isFalse();
    }

    private JsonNode sees(String rule) {
        return trying("{\"collection\":\"notes\",\"definition\":{\"rules\":{\"read\":\"" + rule
                        + "\"}},\"as\":{\"id\":\"key:ann\"}}")
                .path("sees");
    }

    @Test
    void a_program_that_acts_for_somebody_else_tries_nothing() {
        Authority ann = Authority.of(Trees.read("{\"id\":\"key:ann\",\"scopes\":[]}"));
        assertThatThrownBy(() -> resources().as(ann).trial("notes", Json.EMPTY))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("administers");
    }

    /** With numbers from 0 on, whose ids are in that order. */
    private void fill(String collection, int count, String before, String after) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] members = (before + i + after).getBytes(StandardCharsets.UTF_8);
            writes.add(new Write(
                    collection,
                    String.valueOf(100_000 + i),
                    new Edit.Create(Json.trusted(members)),
                    Precondition.NONE,
                    null));
            if (writes.size() == 1_000 || i == count - 1) {
                resources().writeAll(writes);
                writes.clear();
            }
        }
    }
}
