package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.clients.Npm;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;
import dev.genstore.resource.Json;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Public linters find nothing in the documents, and find what is wrong in others. */
class LintTest {
    @Test
    void linters_find_nothing_in_the_documents_of_an_empty_store() throws IOException {
        try (TestServer server = TestServer.start()) {
            assertThat(findings(document(server, "openapi"), document(server, "asyncapi")))
                    .isEmpty();
        }
    }

    @Test
    void nor_with_actions_that_say_nothing_and_schemas_of_all_kinds() throws IOException {
        try (TestServer server = TestServer.start(builder -> builder.bind(
                        Method.POST,
                        "/api/orders/{number}/ship",
                        Resources.class,
                        (request, resources) -> Reply.of(204))
                .bind(
                        Method.GET,
                        "/api/orders/{number}",
                        Resources.class,
                        (request, resources) -> Reply.of(204)))) {
            var client = new RestClient(server.port());
            client.put("/api/_collections/orders", Samples.SCHEMA);
            client.put("/api/_collections/bare", "{}");
            assertThat(findings(document(server, "openapi"), document(server, "asyncapi")))
                    .isEmpty();
        }
    }

    @Test
    void linters_find_what_is_wrong() throws IOException {
        String openApi = "{\"openapi\":\"3.1.1\",\"info\":{\"title\":\"a\",\"version\":\"1\"},"
                + "\"paths\":{\"/a/{b}\":{\"get\":{\"responses\":{\"200\":{}}}}}}";
        String asyncApi = "{\"asyncapi\":\"3.0.0\",\"info\":{\"title\":\"a\",\"version\":\"1\"},"
                + "\"channels\":{\"a\":{\"messages\":{\"b\":{\"$ref\":\"#/nowhere\"}}}}}";
        assertThat(findings(openApi, asyncApi))
                .extracting(finding -> finding.path("linter").stringValue())
                .contains("redocly", "spectral", "asyncapi");
    }

    private static String document(TestServer server, String name) {
        return RawHttp.get(server.port(), "/" + name + ".json").text();
    }

    private static List<JsonNode> findings(String openApi, String asyncApi) throws IOException {
        Process linters = Npm.start(new ProcessBuilder("node", "lint.mjs")
                .directory(Npm.install().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        try (var input = linters.getOutputStream()) {
            input.write(Json.write(generator -> {
                generator.writeStartObject();
                generator.writeStringProperty("openapi", openApi);
                generator.writeStringProperty("asyncapi", asyncApi);
                generator.writeEndObject();
            }));
        }
        String found = new String(linters.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(linters.onExit().join().exitValue()).as("%s", found).isZero();
        return Trees.read(found).valueStream().toList();
    }
}
