package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a patch makes of a resource, with the examples of RFC 7396 and RFC 6902. */
class PatchTableTest {
    private static final String URL = "/api/documents/1";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";

    private static TestServer server;

    /** A row: what was there, the patch, and what is there then or the problem. */
    record Row(String name, String before, String patch, String after) {
        static Row of(String line) {
            String[] cells = line.split(" \\| ", -1);
            assertThat(cells).as("the cells of '%s'", line).hasSize(4);
            var words = new Words("none", 0);
            return new Row(cells[0], cells[1], words.in(cells[2]), cells[3]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mergePatches")
    void a_merge_patch_makes_of_a_resource_what_the_table_says(Row row) {
        check(row, MERGE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonPatches")
    void a_json_patch_makes_of_a_resource_what_the_table_says(Row row) {
        check(row, JSON_PATCH);
    }

    static List<Row> mergePatches() {
        return rows("merge-patch.txt");
    }

    static List<Row> jsonPatches() {
        return rows("json-patch.txt");
    }

    private static List<Row> rows(String table) {
        return ScenarioFile.lines(table).stream().map(Row::of).toList();
    }

    private static void check(Row row, String type) {
        assertThat(send("PUT", "application/json", row.before()).status()).isBetween(200, 201);
        Answer answer = send("PATCH", type, row.patch());
        if (row.after().startsWith("4")) {
            Expectation.check(answer, row.after());
            Expectation.checkForm(answer, false);
            assertThat(members(get())).isEqualTo(Trees.read(row.before()));
        } else {
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(members(answer)).isEqualTo(Trees.read(row.after()));
            assertThat(members(get())).isEqualTo(Trees.read(row.after()));
        }
    }

    private static Answer get() {
        return RawHttp.get(server.port(), URL);
    }

    private static Answer send(String method, String type, String body) {
        return RawHttp.send(
                server.port(),
                method,
                URL,
                RawHttp.fields("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The client's members. */
    private static ObjectNode members(Answer answer) {
        var resource = (ObjectNode) answer.json();
        Stream.of("id", "_revision", "_created", "_updated").forEach(resource::remove);
        return resource;
    }
}
