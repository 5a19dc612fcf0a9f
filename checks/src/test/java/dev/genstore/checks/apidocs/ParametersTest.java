package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parameters in the OpenAPI document are those that are understood, and there are no others. */
class ParametersTest {
    private static final Map<String, String> VALUES = Map.of(
            "filter", "size%20%3E%203",
            "members", "size=3",
            "fields", "title",
            "sort", "title",
            "limit", "3",
            "at", "1",
            "at-least", "1",
            "since", "1",
            "data", "none");

    /** Plainly, and as a page of changes, which ends by itself. */
    private static final List<String> WAYS =
            List.of("application/json", "application/cloudevents-batch+json");

    private TestServer server;
    private JsonNode document;

    @BeforeEach
    void start() {
        server = TestServer.start();
        var client = new RestClient(server.port());
        client.put("/api/notes/7", "{\"size\":7}");
        document = client.get("/openapi.json").json();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What one says of an operation. */
    private record Said(String method, String path, List<String> parameters) {}

    private List<Said> all() {
        List<Said> all = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> all.add(new Said(
                                each.getKey().replace("x-", "").toUpperCase(Locale.ROOT),
                                filled(path.getKey()),
                                parameters(each.getValue())))));
        return all;
    }

    private static String filled(String path) {
        return path.replace("{collection}", "notes")
                .replace("{id}", "7")
                .replace("{slug}", "schema");
    }

    private List<String> parameters(JsonNode operation) {
        return operation
                .get("parameters")
                .valueStream()
                .map(each -> document.at(each.get("$ref").stringValue().substring(1)))
                .filter(each -> "query".equals(each.get("in").stringValue()))
                .map(each -> each.get("name").stringValue())
                .toList();
    }

    @Test
    void each_is_understood_where_the_document_has_it() {
        assertThat(all()).hasSizeGreaterThan(15).allSatisfy(said -> {
            for (String name : said.parameters()) {
                if (!"cursor".equals(name)) {
                    assertThat(WAYS.stream().map(way -> answer(said, query(name), way)))
                            .as("%s of %s", name, said)
                            .anyMatch(answer -> !isRefused(answer));
                }
            }
        });
    }

    @Test
    void none_is_understood_that_the_document_has_not() {
        assertThat(all()).allSatisfy(said -> {
            for (String name : VALUES.keySet()) {
                if (!said.parameters().contains(name) && !"members".equals(name)) {
                    assertThat(WAYS.stream().map(way -> answer(said, query(name), way)))
                            .as("%s of %s", name, said)
                            .allMatch(ParametersTest::isRefused);
                }
            }
        });
    }

    private static String query(String name) {
        String value = VALUES.get(name);
        return "members".equals(name) ? String.valueOf(value) : name + "=" + value;
    }

    private Answer answer(Said said, String query, String accept) {
        var headers = new ArrayList<Field>();
        headers.add(new Field("Accept", accept));
        headers.add(new Field("Content-Type", "application/json"));
        return RawHttp.send(
                server.port(), said.method(), said.path() + "?" + query, headers, new byte[] {
                    '{', '}'
                });
    }

    private static boolean isRefused(Answer answer) {
        return answer.status() == 400 && answer.text().contains("invalid-parameter");
    }
}
