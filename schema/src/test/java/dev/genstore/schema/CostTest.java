package dev.genstore.schema;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whatever the schema and whatever the document, a check comes to an end soon. */
class CostTest {
    private static final JsonSchemaReader READER = new JsonSchemaReader();

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"items\":{\"uniqueItems\":true,\"contains\":{\"const\":0}}}},\"allOf\":[X,X,X,X,X,X,X,X,X,X]}",
                "{\"patternProperties\":{\"(a|b|c|d|e){1,20}\":{},\"^(.*)*$\":{},\"^(.+)+$\":{}},\"propertyNames\":{\"pattern\":\"(x+x+)+y\"}}",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"anyOf\":[Y,Y,Y,Y,Y,Y,Y,Y,Y]},\"b\":{\"anyOf\":[Z,Z,Z,Z,Z,Z,Z,Z,Z]},\"c\":{\"oneOf\":[W,W,W,W,W,W,W,W,W]},\"d\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}}}"
            })
    void the_worst_documents_end_soon(String template) {
        String schema = template.replace("X", "{\"properties\":{\"a\":{\"uniqueItems\":true}}}")
                .replace("Y", "{\"$ref\":\"#/$defs/b\"}")
                .replace("Z", "{\"$ref\":\"#/$defs/c\"}")
                .replace("W", "{\"$ref\":\"#/$defs/d\"}");
        String numbers = "1,".repeat(20_000);
        String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
        for (String document : List.of(
                "{\"a\":[" + numbers + "[" + numbers + "0]]}",
                "{\"" + "x".repeat(20_000) + "\":1,\"" + "a".repeat(20_000) + "\":2}",
                deep)) {
            assertEnds(schema, document);
        }
    }

    private static void assertEnds(String schema, String document) {
        try {
            assertThat(check(schema, document)).hasSizeLessThanOrEqualTo(SchemaLimits.ERRORS_MAX);
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.SCHEMA);
        }
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"const\":[@]}}}",
                "{\"properties\":{\"a\":{\"enum\":[[@],1]}}}",
                "{\"properties\":{\"a\":{\"uniqueItems\":true,\"description\":\"@\"}}}",
                "{\"properties\":{\"a\":{\"additionalProperties\":true,\"title\":\"@\"}}}"
            })
    void a_keyword_that_looks_at_all_is_counted_as_often_as_it_does(String part) {
        String parts = IntStream.range(0, 600)
                .mapToObj(i -> part.replace("@", Integer.toString(i)))
                .collect(Collectors.joining(","));
        String objects = "{\"b\":[1,2,3]},".repeat(20_000);
        assertEnds("{\"anyOf\":[" + parts + "]}", "{\"a\":[" + objects + "0]}");
    }

    /** The library alone would need the better part of a minute for these. */
    @Test
    @Timeout(20)
    void different_texts_with_one_hash_are_soon_known_to_be_different() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < 16; i++) {
            texts = texts.stream()
                    .flatMap(text -> List.of(text + "Aa", text + "BB").stream())
                    .toList();
        }
        assertThat(texts.stream().map(String::hashCode).distinct()).hasSize(1);
        String list = texts.stream().collect(Collectors.joining("\",\"", "\"", "\""));
        String schema = "{\"properties\":{\"a\":{\"uniqueItems\":true}}}";
        assertThat(check(schema, "{\"a\":[" + list + "]}")).isEmpty();
        assertThat(check(schema, "{\"a\":[" + list + ",\"" + texts.get(7) + "\"]}"))
                .hasSize(1);
    }

    @Test
    void a_check_needs_no_more_stack_than_a_thread_has() throws InterruptedException {
        String schema =
                "{\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"#\"},{\"anyOf\":[{\"$ref\":\"#\"}]}]}}}";
        Schema read = READER.read(json(schema).tree());
        Json deep = json("{\"a\":".repeat(63) + "{}" + "}".repeat(63));
        List<Object> found = new ArrayList<>();
        var thread = new Thread(null, () -> found.add(outcome(read, deep)), "small", 1 << 19);
        thread.start();
        thread.join();
        assertThat(found).containsExactly(ProblemType.SCHEMA);
    }

    /** A thousand steps, so they are not the reason. */
    @Test
    void schemas_are_at_work_inside_one_another_to_a_depth() {
        Json deep = json("{\"a\":".repeat(63) + "{}" + "}".repeat(63));
        assertThat(outcome(around(1), deep)).isEqualTo(List.of());
        assertThat(outcome(around(6), deep)).isEqualTo(ProblemType.SCHEMA);
    }

    /** One that asks itself through so many others. */
    private static Schema around(int count) {
        String others = "{\"allOf\":[".repeat(count) + "{\"$ref\":\"#\"}" + "]}".repeat(count);
        return READER.read(json("{\"properties\":{\"a\":" + others + "}}").tree());
    }

    private static Object outcome(Schema schema, Json document) {
        try {
            return schema.check(document);
        } catch (Problem problem) {
            return problem.type();
        }
    }

    private static List<FieldError> check(String schema, String document) {
        return READER.read(json(schema).tree()).check(json(document));
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
