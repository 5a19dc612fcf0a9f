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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The public cases for JSON Patch, which stand beside the tables. Their documents may be anything, so
 * each is tried as a member of a resource, alone and in a batch.
 */
class PublicPatchCasesTest {
    private static final String URL = "/api/documents/1";

    private static TestServer server;

    /** A case: the document, the patch, and what becomes of it, unless it is an error. */
    record Case(String name, JsonNode document, JsonNode patch, JsonNode expected, boolean fails) {
        static Case of(String file, int index, JsonNode json) {
            String comment = json.path("comment").asString("");
            return new Case(
                    file + " " + index + " " + comment,
                    json.required("doc"),
                    json.required("patch"),
                    json.path("expected"),
                    json.has("error"));
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
    @MethodSource("cases")
    void a_json_patch_does_what_the_public_case_says(Case one) {
        ObjectNode before = inResource(one.document());
        put(before);
        Answer answer = send("PATCH", URL, "application/json-patch+json", moved(one.patch()));
        check(one, answer.status(), before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void it_does_the_same_in_a_batch(Case one) {
        ObjectNode before = inResource(one.document());
        put(before);
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("method", "PATCH").put("url", URL);
        operation.put("content-type", "application/json-patch+json");
        operation.set("body", moved(one.patch()));
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        batch.putArray("operations").add(operation);
        check(one, send("POST", "/api/_batch", "application/json", batch).status(), before);
    }

    private static void check(Case one, int status, ObjectNode before) {
        JsonNode after = members();
        if (one.fails()) {
            assertThat(status).as("%s", one).isIn(400, 409);
            assertThat(after).as("%s", one).isEqualTo(before);
        } else {
            assertThat(status).as("%s", one).isEqualTo(200);
            JsonNode expected = one.expected().isMissingNode() ? one.document() : one.expected();
            assertThat(after).as("%s", one).isEqualTo(inResource(expected));
        }
    }

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (String file : List.of("spec_tests", "tests")) {
            JsonNode all = Trees.read(ScenarioFile.text("json-patch-tests/" + file + ".json"));
            for (int i = 0; i < all.size(); i++) {
                if (!isAboutDoubledNames(all.get(i))) {
                    cases.add(Case.of(file, i, all.get(i)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(90);
        return cases;
    }

    /** Whoever reads the collection has lost the second name already; {@code json.txt} has such cases. */
    private static boolean isAboutDoubledNames(JsonNode json) {
        return json.path("error").asString("").contains("two 'op' members");
    }

    private static ObjectNode inResource(JsonNode document) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.set("doc", document);
        return resource;
    }

    /** The patch for a document that is a member; pointers that are none stay as they are. */
    private static JsonNode moved(JsonNode patch) {
        JsonNode moved = patch.deepCopy();
        for (JsonNode operation : moved) {
            move(operation, "path");
            move(operation, "from");
        }
        return moved;
    }

    private static void move(JsonNode operation, String member) {
        String pointer = operation.path(member).asString("none");
        if (operation instanceof ObjectNode object
                && (pointer.isEmpty() || pointer.startsWith("/"))) {
            object.put(member, "/doc" + pointer);
        }
    }

    private static void put(ObjectNode resource) {
        assertThat(send("PUT", URL, "application/json", resource).status()).isBetween(200, 201);
    }

    private static Answer send(String method, String url, String type, JsonNode body) {
        return RawHttp.send(
                server.port(),
                method,
                url,
                RawHttp.fields("Content-Type", type),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode members() {
        var resource = (ObjectNode) RawHttp.get(server.port(), URL).json();
        return resource.remove(List.of("id", "_revision", "_created", "_updated"));
    }
}
