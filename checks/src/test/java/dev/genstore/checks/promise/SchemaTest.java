package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.schema.JsonSchemaReader;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Schema;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is stored fits the schema of its collection, whoever writes and whenever the schema changes. */
class SchemaTest {
    private static final String NOTES = "notes";
    private static final int WRITES = 400;

    @RepeatedTest(3)
    @Timeout(120)
    void what_is_written_fits_the_schema_that_was_there_at_that_moment(RepetitionInfo repetition)
            throws Exception {
        long seed = repetition.getCurrentRepetition();
        try (TestServer server = TestServer.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Resources resources = server.store().resources();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var random = new Random(seed * 100 + i);
                writers.add(threads.submit(() -> write(resources, random)));
            }
            writers.add(threads.submit(() -> define(resources, new Random(seed))));
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(replay(resources)).as("seed %d", seed).isGreaterThan(3);
        }
    }

    private static void write(Resources resources, Random random) {
        for (int i = 0; i < WRITES; i++) {
            int size = random.nextInt(20) == 0 ? random.nextInt(10) : 3 + random.nextInt(4);
            String json = "{\"size\":" + size + "}";
            String id = Integer.toString(random.nextInt(30));
            attempt(() -> resources.put(NOTES, id, json.getBytes(UTF_8), Precondition.NONE));
        }
    }

    private static void define(Resources resources, Random random) {
        for (int i = 0; i < WRITES / 4; i++) {
            String json = "{\"schema\":{\"properties\":{\"size\":{\"minimum\":" + random.nextInt(4)
                    + ",\"maximum\":" + (6 + random.nextInt(4)) + "}}}}";
            attempt(() -> resources.put(
                    Names.DEFINITIONS, NOTES, json.getBytes(UTF_8), Precondition.NONE));
        }
    }

    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (Problem problem) {
            assertThat(problem.type())
                    .isIn(ProblemType.SCHEMA, ProblemType.SCHEMA_CONFLICT, ProblemType.OVERLOADED);
        }
    }

    /** Goes through the log and looks at each moment whether all fit; returns how many schemas there were. */
    private static int replay(Resources resources) {
        List<Change> log =
                resources.read(snapshot -> snapshot.changes(0, Integer.MAX_VALUE, Long.MAX_VALUE));
        Map<String, Resource> state = new HashMap<>();
        var reader = new JsonSchemaReader();
        Schema schema = reader.read(json("{}").tree());
        int schemas = 0;
        for (Change change : log) {
            Resource after = Objects.requireNonNull(change.after());
            if (change.collection().equals(Names.DEFINITIONS)) {
                schema = reader.read(after.members().tree().path("schema"));
                schemas++;
            } else {
                state.put(change.id(), after);
            }
            for (Resource resource : state.values()) {
                assertThat(schema.check(resource.members()))
                        .as("%s at %d under %s", resource, change.revision(), schema)
                        .isEmpty();
            }
        }
        return schemas;
    }

    @Test
    void a_program_that_embeds_it_is_held_to_the_schema_too(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            server.store()
                    .resources()
                    .put(
                            Names.DEFINITIONS,
                            NOTES,
                            "{\"schema\":{\"required\":[\"title\"]}}".getBytes(UTF_8),
                            Precondition.NONE);
            assertThat(created(server)).isEqualTo(ProblemType.SCHEMA);
        }
        try (TestServer server = TestServer.start(folder)) {
            assertThat(created(server)).isEqualTo(ProblemType.SCHEMA);
        }
    }

    private static ProblemType created(TestServer server) {
        try {
            server.store().resources().create(NOTES, "{}".getBytes(UTF_8));
            throw new AssertionError("it was stored");
        } catch (Problem problem) {
            return problem.type();
        }
    }

    @Test
    void a_schema_for_many_resources_names_the_first_and_counts_all(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            var client = new RestClient(server.port());
            for (int from = 0; from < 2_500; from += 500) {
                client.post("/api/_batch", batch(from, from + 500));
            }
            Answer refused = RawHttp.send(
                    server.port(),
                    "PUT",
                    "/api/_collections/notes",
                    RawHttp.fields("Content-Type", "application/json"),
                    "{\"schema\":{\"properties\":{\"n\":{\"maximum\":99}}}}".getBytes(UTF_8));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("detail").asString()).startsWith("2400 stored");
            assertThat(refused.json().path("errors")).hasSize(20);
            client.put(
                    "/api/_collections/notes",
                    "{\"schema\":{\"properties\":{\"n\":{\"maximum\":2499}}}}");
        }
    }

    private static String batch(int from, int to) {
        var operations = new StringBuilder();
        for (int i = from; i < to; i++) {
            operations.append(",{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                    + "\",\"body\":{\"n\":" + i + "}}");
        }
        return "{\"operations\":[" + operations.substring(1) + "]}";
    }

    @ParameterizedTest
    @EnumSource
    void a_definition_can_be_watched_like_any_resource(FollowBy transport) {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            try (Follower all = transport.follow(server, "/api/_collections", "0");
                    Follower one = transport.follow(server, "/api/_collections/notes", "0")) {
                client.put("/api/_collections/tasks", "{}");
                client.put("/api/_collections/notes", "{\"indexes\":[\"a\"]}");
                assertThat(all.nextChange().subject()).isEqualTo("tasks");
                Told told = all.nextChange();
                assertThat(told.source() + "/" + told.subject())
                        .isEqualTo("/api/_collections/notes");
                assertThat(one.nextChange().id()).isEqualTo(told.id());
            }
        }
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
