package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The documents tell what is there, and can be kept, polled and watched. */
class DocumentsTest {
    private static final String SHIP = "/api/orders/{id}/ship";

    private TestServer server;
    private RestClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(builder -> builder.info("Shop", "2.5")
                .bind(
                        Method.POST,
                        SHIP,
                        Resources.class,
                        (request, resources) -> Reply.of(204),
                        () -> Description.of("Ships an order")
                                .named("shipOrder")
                                .in("shipping")
                                .with(Parameter.query("by", "When.", Parameter.TEXT))
                                .answers(dev.genstore.router.Answer.of(
                                        200,
                                        "The order.",
                                        Content.json(Content.resource("orders"))))
                                .problems(ProblemType.NOT_FOUND))
                .bind(
                        Method.GET,
                        "/silent/{what}",
                        Resources.class,
                        (request, resources) -> Reply.of(204)));
        client = new RestClient(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode openApi() {
        return client.get("/openapi.json").json();
    }

    private JsonNode operation(String path, String method) {
        return openApi().get("paths").path(path).path(method);
    }

    @Test
    void the_documents_have_the_programs_name() {
        assertThat(List.of("/openapi.json", "/asyncapi.json")).allSatisfy(url -> {
            JsonNode info = client.get(url).json().get("info");
            assertThat(info.get("title").stringValue()).isEqualTo("Shop");
            assertThat(info.get("version").stringValue()).isEqualTo("2.5");
        });
    }

    @Test
    void an_action_that_describes_itself_is_there_with_all_that_it_says() {
        JsonNode ship = operation(SHIP, "post");
        assertThat(ship.get("operationId").stringValue()).isEqualTo("shipOrder");
        assertThat(ship.get("summary").stringValue()).isEqualTo("Ships an order");
        assertThat(ship.get("tags").get(0).stringValue()).isEqualTo("shipping");
        assertThat(ship.get("parameters").size()).isEqualTo(2);
        assertThat(ship.get("responses").propertyNames()).contains("200", "404", "default");
        assertThat(ship.at("/responses/200/content/application~1json/schema/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/orders.Resource");
        assertThat(openApi().at("/components/schemas/orders.Resource").isObject())
                .isTrue();
    }

    /** This one says 200 and answers 204; and nobody has said that there are texts. */
    @Test
    void an_answer_that_is_not_in_the_document_is_noticed() {
        var described = new DescribedApi(client.get("/openapi.json").text());
        Answer answer = client.post("/api/orders/7/ship", "{}");
        assertThatThrownBy(() ->
                        described.check(new Exchange("POST", "/api/orders/7/ship", "", "", answer)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("204");
        Answer page = client.get("/docs");
        assertThatThrownBy(() -> described.check(new Exchange("GET", "/api/notes", "", "", page)))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/.well-known/api-catalog",
                "/openapi.json",
                "/asyncapi.json",
                "/docs",
                "/docs/rapidoc-9.3.8.js"
            })
    void the_documents_are_as_the_document_says(String url) {
        var described = new DescribedApi(client.get("/openapi.json").text());
        Answer packed = client.get(url, "Accept-Encoding", "gzip");
        described.check(new Exchange("GET", url, "", "", packed));
        String tag = packed.header("ETag").orElse("\"none\"");
        Answer kept = RawHttp.get(server.port(), url, "If-None-Match", tag);
        described.check(new Exchange("GET", url, "", "", kept));
    }

    @Test
    void an_action_that_says_nothing_is_there_with_its_variables() {
        JsonNode silent = operation("/silent/{what}", "get");
        assertThat(silent.get("operationId").stringValue()).isEqualTo("get.silent.what");
        assertThat(silent.get("summary").stringValue()).isEqualTo("GET /silent/{what}");
        assertThat(openApi().at("/components/parameters/what/in").stringValue()).isEqualTo("path");
        assertThat(silent.get("responses").propertyNames()).containsExactly("2XX", "default");
    }

    @Test
    void a_defined_collection_has_paths_with_its_schema_until_it_is_deleted() {
        assertThat(operation("/api/orders", "post").isMissingNode()).isFalse();
        assertThat(operation("/api/notes", "post").isMissingNode()).isTrue();
        client.put(
                "/api/_collections/notes",
                "{\"schema\":{\"properties\":{\"title\":{\"type\":\"string\"}}}}");
        assertThat(operation("/api/notes", "post").isMissingNode()).isFalse();
        assertThat(openApi()
                        .at("/components/schemas/notes.Members/properties/title/type")
                        .stringValue())
                .isEqualTo("string");
        client.delete("/api/_collections/notes");
        assertThat(operation("/api/notes", "post").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/asyncapi.json", "/docs", "/"})
    void who_has_a_document_is_not_sent_it_again(String url) {
        Answer answer = client.get(url);
        String tag = answer.header("ETag").orElseThrow();
        Answer again = RawHttp.get(server.port(), url, "If-None-Match", "\"other\", " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).contains(tag);
        assertThat(RawHttp.get(server.port(), url, "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/asyncapi.json"})
    void what_is_written_elsewhere_makes_no_other_document(String url) {
        String tag = client.get(url).header("ETag").orElseThrow();
        client.put("/api/notes/7", "{}");
        assertThat(client.get(url).header("ETag")).contains(tag);
        client.put("/api/_collections/notes", "{}");
        assertThat(client.get(url).header("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @Test
    void a_poll_of_a_document_ends_when_a_definition_changes() {
        String tag = client.get("/openapi.json").header("ETag").orElseThrow();
        var poll = CompletableFuture.supplyAsync(() -> RawHttp.get(
                server.port(),
                "/openapi.json",
                "Accept",
                "application/json",
                "If-None-Match",
                tag,
                "Prefer",
                "wait=20"));
        client.put("/api/_collections/notes", "{}");
        Answer answer = poll.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/paths/~1api~1notes").isObject()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FollowBy.class)
    void who_watches_a_document_is_told_of_the_definitions(FollowBy way) {
        try (var watcher = way.follow(server, "/openapi.json?since=0")) {
            client.put("/api/notes/7", "{}");
            client.put("/api/_collections/notes", "{}");
            assertThat(watcher.nextChange().source()).isEqualTo("/api/_collections");
        }
    }

    @Test
    void the_root_and_the_catalog_say_where_the_documents_are() {
        Answer root = client.get("/");
        assertThat(root.text()).contains("/openapi.json", "/asyncapi.json", "/docs");
        Answer catalog = client.get("/.well-known/api-catalog");
        assertThat(catalog.header("Content-Type")).contains("application/linkset+json");
        assertThat(catalog.text()).isEqualTo(root.text());
    }

    @Test
    void where_definitions_are_very_long_the_document_has_the_first_ones_and_says_so() {
        String text = "x".repeat(60_000);
        for (int i = 10; i < 50; i++) {
            String schema = "{\"schema\":{\"description\":\"" + text + "\"}}";
            assertThat(client.put("/api/_collections/c" + i, schema).status()).isEqualTo(201);
        }
        JsonNode document = openApi();
        assertThat(document.get("paths").propertyNames().stream()
                        .filter(path -> path.matches("/api/c[0-9]+")))
                .hasSize((2 << 20) / 60_000 + 1);
        assertThat(document.at("/info/description").stringValue())
                .contains("more defined collections");
    }

    @Test
    void where_there_are_very_many_collections_the_document_says_so() {
        for (int i = 0; i < 105; i++) {
            client.put("/api/_collections/c" + i, "{}");
        }
        JsonNode document = openApi();
        assertThat(document.get("paths").propertyNames().stream()
                        .filter(path -> path.matches("/api/c[0-9]+")))
                .hasSize(100);
        assertThat(document.at("/info/description").stringValue())
                .contains("more defined collections");
    }
}
