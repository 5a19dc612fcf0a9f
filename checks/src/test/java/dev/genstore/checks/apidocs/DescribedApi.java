package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Trees;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An OpenAPI document, against which requests and answers are held: what it says must be so, and what
 * happens must be in it. Schemas are checked by a validator that nobody of Genstore wrote.
 *
 * <p>Confined to one thread.
 */
public final class DescribedApi {
    /** The headers that any answer may have. */
    private static final Set<String> USUAL = Set.of(
            "date",
            "content-type",
            "content-length",
            "connection",
            "transfer-encoding",
            "vary",
            "cache-control");

    /** It remembers parts by their place, so each document has its own. */
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<JsonNode, Schema> known = new HashMap<>();

    public DescribedApi(String document) {
        this.document = Trees.read(document);
    }

    /** The document itself. */
    public JsonNode document() {
        return document;
    }

    /** Holds an answer, and if it tells of success the request, against the document. */
    public void check(Exchange exchange) {
        if ("OPTIONS".equals(exchange.method())) {
            return;
        }
        JsonNode operation = operation(exchange);
        if (operation == null) {
            checkUnknown(exchange);
            return;
        }
        checkAnswer(operation, exchange);
        if (exchange.answer().status() < 300) {
            checkParameters(operation, exchange);
            if (isTaken(exchange)) {
                checkBody(operation, exchange);
            }
        }
    }

    /** Where the document has nothing, there is nothing. */
    private void checkUnknown(Exchange exchange) {
        boolean isPath = paths(exchange.path()).findAny().isPresent();
        assertThat(exchange.answer().status())
                .as("%s is not in the document", exchange)
                .isIn(isPath ? List.of(405, 501, 400) : List.of(404, 501, 400));
    }

    private Stream<Map.Entry<String, JsonNode>> paths(String path) {
        return document.get("paths").properties().stream()
                .filter(each -> Templates.fits(each.getKey(), path))
                .sorted(Comparator.comparing(each -> Templates.order(each.getKey())));
    }

    /** That of the most specific path that has the method. */
    private @Nullable JsonNode operation(Exchange exchange) {
        String method = member(exchange.method());
        Optional<JsonNode> found = paths(exchange.path())
                .map(each -> each.getValue().path(method))
                .filter(JsonNode::isObject)
                .findFirst();
        return found.orElse(null);
    }

    private static String member(String method) {
        return switch (method) {
            case "HEAD" -> "get";
            case "QUERY" -> "x-query";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private void checkAnswer(JsonNode operation, Exchange exchange) {
        Answer answer = exchange.answer();
        JsonNode response = response(operation.get("responses"), exchange);
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(USUAL);
        headers.addAll(response.path("headers").propertyNames());
        if (answer.status() >= 500 || answer.status() == 405) {
            headers.addAll(Set.of("Retry-After", "Allow"));
        }
        assertThat(headers)
                .as("the headers of %s in the document", exchange)
                .containsAll(answer.headers().stream().map(each -> each.name()).toList());
        if (answer.body().length > 0) {
            checkContent(response, exchange);
        }
    }

    private JsonNode response(JsonNode responses, Exchange exchange) {
        int status = exchange.answer().status();
        JsonNode found = responses.path("" + status);
        if (found.isMissingNode() && status >= 400) {
            found = responses.path("default");
        }
        assertThat(found.isObject())
                .as("%s of %s is in the document", status, exchange)
                .isTrue();
        return resolved(found);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").stringValue().substring(1)) : node;
    }

    private void checkContent(JsonNode response, Exchange exchange) {
        Answer answer = exchange.answer();
        String type = mediaType(answer.header("Content-Type").orElse(""));
        JsonNode form = response.path("content").path(type);
        assertThat(form.isObject())
                .as("%s of %s is in the document: %s", type, exchange, response)
                .isTrue();
        if (type.endsWith("json")) {
            assertFits(form, answer.json(), exchange);
        }
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void assertFits(JsonNode form, JsonNode value, Exchange exchange) {
        assertThat(errors(form.get("schema"), value))
                .as("%s of %s fits the document", value, exchange)
                .isEmpty();
    }

    /** What does not fit a schema in the document. */
    public List<String> errors(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compiled(JsonNode schema) {
        var root = (ObjectNode) Trees.read("{}");
        root.set("components", document.get("components"));
        root.putArray("allOf").add(schema);
        return schemas.getSchema(root);
    }

    private void checkParameters(JsonNode operation, Exchange exchange) {
        List<JsonNode> parameters =
                operation.path("parameters").valueStream().map(this::resolved).toList();
        boolean takesAny =
                parameters.stream().anyMatch(each -> each.path("explode").asBoolean());
        List<String> known = parameters.stream()
                .filter(each -> "query".equals(each.get("in").stringValue()))
                .map(each -> each.get("name").stringValue())
                .toList();
        if (!takesAny) {
            assertThat(known)
                    .as("the parameters of %s in the document", exchange)
                    .containsAll(exchange.parameters());
        }
    }

    /** What changes nothing, or was done before, is not held against a schema that came later. */
    private static boolean isTaken(Exchange exchange) {
        boolean mayBeUnchanged =
                "PUT".equals(exchange.method()) && exchange.answer().status() == 200;
        return !mayBeUnchanged
                && exchange.answer().header("Idempotency-Replayed").isEmpty();
    }

    private void checkBody(JsonNode operation, Exchange exchange) {
        if (exchange.body().length() == 0 || !operation.has("requestBody")) {
            return;
        }
        String type = mediaType(exchange.contentType());
        JsonNode form = operation.get("requestBody").get("content").path(type);
        assertThat(form.isObject())
                .as("%s for %s is in the document", type, exchange)
                .isTrue();
        assertFits(form, Trees.read(exchange.body()), exchange);
    }
}
