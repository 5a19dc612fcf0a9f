package dev.genstore.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** What a {@link JsonSchema} lets through, and where it says what is wrong. */
class JsonSchemaTest {
    private static final JsonSchemaReader READER = new JsonSchemaReader();

    /** A schema, a document that fits, one that does not, and where it does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"object"}                                          | {"a":1}              | []                  | ''
            {"properties":{"a":{"type":"integer"}}}                    | {"a":1.0}            | {"a":1.5}           | /a
            {"properties":{"a":{"type":"number"}}}                     | {"a":1.5}            | {"a":"1"}           | /a
            {"properties":{"a":{"type":["string","null"]}}}            | {"a":null}           | {"a":1}             | /a
            {"properties":{"a":{"type":"boolean"}}}                    | {"a":true}           | {"a":null}          | /a
            {"properties":{"a":{"const":{"b":1}}}}                     | {"a":{"b":1.0}}      | {"a":{"b":"1"}}     | /a
            {"properties":{"a":{"const":null}}}                        | {"a":null}           | {"a":0}             | /a
            {"properties":{"a":{"enum":[1,"x",null]}}}                 | {"a":1.0}            | {"a":"y"}           | /a
            {"properties":{"a":{"minimum":2}}}                         | {"a":2}              | {"a":1.99}          | /a
            {"properties":{"a":{"maximum":2.5}}}                       | {"a":2.5}            | {"a":3}             | /a
            {"properties":{"a":{"exclusiveMinimum":2}}}                | {"a":2.1}            | {"a":2.0}           | /a
            {"properties":{"a":{"exclusiveMaximum":2}}}                | {"a":"x"}            | {"a":2}             | /a
            {"properties":{"a":{"multipleOf":0.01}}}                   | {"a":19.99}          | {"a":0.005}         | /a
            {"properties":{"a":{"multipleOf":1e-300}}}                 | {"a":1e300}          | {"a":1.5e-300}      | /a
            {"properties":{"a":{"minLength":2}}}                       | {"a":"ab"}           | {"a":"😀"}          | /a
            {"properties":{"a":{"maxLength":1}}}                       | {"a":"😀"}           | {"a":"ab"}          | /a
            {"properties":{"a":{"pattern":"^[a-z]+$"}}}                | {"a":"abc"}          | {"a":"abc1"}        | /a
            {"properties":{"a":{"pattern":"b"}}}                       | {"a":"abc"}          | {"a":"ac"}          | /a
            {"properties":{"a":{"minItems":1}}}                        | {"a":[1]}            | {"a":[]}            | /a
            {"properties":{"a":{"maxItems":1}}}                        | {"a":{"b":1,"c":2}}  | {"a":[1,2]}         | /a
            {"properties":{"a":{"uniqueItems":true}}}                  | {"a":[1,"1",true]}   | {"a":[1,2,1.0]}     | /a
            {"properties":{"a":{"uniqueItems":true}}}                  | {"a":[{"b":1},[1]]}  | {"a":[{"b":1,"c":2},{"c":2,"b":1}]} | /a
            {"properties":{"a":{"prefixItems":[{"type":"string"}]}}}   | {"a":["x",1]}        | {"a":[1]}           | /a/0
            {"properties":{"a":{"prefixItems":[true],"items":false}}}  | {"a":[1]}            | {"a":[1,2]}         | /a/1
            {"properties":{"a":{"contains":{"const":1}}}}              | {"a":[2,1]}          | {"a":[2]}           | /a
            {"properties":{"a":{"contains":{"const":1},"minContains":0}}} | {"a":[2]}         | {"a":[],"b":1}      | -
            {"properties":{"a":{"contains":{"const":1},"maxContains":1}}} | {"a":[1,2]}       | {"a":[1,1]}         | /a
            """)
    void a_value_fits_or_is_told_where_it_does_not(
            String schema, String fitting, String other, String pointer) {
        assertFits(schema, fitting, other, pointer);
    }

    /** The same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"required":["a","b"]}                                     | {"a":null,"b":1}     | {"a":1}             | /b
            {"minProperties":1}                                        | {"a":1}              | {}                  | ''
            {"maxProperties":1}                                        | {"a":1}              | {"a":1,"b":2}       | ''
            {"propertyNames":{"maxLength":2}}                          | {"ab":1}             | {"abc":1}           | /abc
            {"patternProperties":{"^n":{"type":"number"}}}             | {"n":1,"m":"x"}      | {"nn":"x"}          | /nn
            {"properties":{"a":true},"patternProperties":{"^b":true},"additionalProperties":false} | {"a":1,"b1":1} | {"c":1} | /c
            {"additionalProperties":{"type":"number"}}                 | {"a":1}              | {"~/":"x"}          | /~0~1
            {"dependentRequired":{"a":["b"]}}                          | {"b":1}              | {"a":1}             | /b
            {"dependentSchemas":{"a":{"required":["b"]}}}              | {"c":1}              | {"a":1}             | /b
            {"allOf":[{"required":["a"]},{"required":["b"]}]}          | {"a":1,"b":1}        | {"a":1}             | /b
            {"anyOf":[{"required":["a"]},{"required":["b"]}]}          | {"b":1}              | {"c":1}             | /a /b
            {"oneOf":[{"required":["a"]},{"required":["b"]}]}          | {"b":1}              | {"a":1,"b":1}       | ''
            {"not":{"required":["a"]}}                                 | {"b":1}              | {"a":1}             | ''
            {"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}} | {"c":1} | {"a":1}       | /b
            {"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}} | {"a":1,"b":1} | {}      | /c
            {"$ref":"#/$defs/a%20b","$defs":{"a b":{"required":["x"]}}} | {"x":1}             | {}                  | /x
            {"$ref":"#/definitions/a~1b","definitions":{"a/b":{"required":["x"]}}} | {"x":1}  | {}                  | /x
            {"properties":{"a":{"$ref":"#n"}},"$defs":{"x":{"$anchor":"n","type":"number"}}} | {"a":1} | {"a":"x"}    | /a
            {"properties":{"a":{"$ref":"#/properties/b","maximum":3},"b":{"type":"number"}}} | {"a":1} | {"a":4}      | /a
            {"$dynamicAnchor":"t","properties":{"t":{"$dynamicRef":"#t"},"n":{"type":"number"}}} | {"t":{"n":1}} | {"t":{"t":{"n":"x"}}} | /t/t/n
            {"properties":{"a":{}},"unevaluatedProperties":false}      | {"a":1}              | {"b":1}             | /b
            {"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false} | {"a":1}       | {"a":1,"b":1}       | /b
            {"anyOf":[{"required":["a"],"properties":{"a":{}}},{"properties":{"b":{}}}],"unevaluatedProperties":false} | {"a":1,"b":1} | {"a":1,"c":1} | /c
            {"if":{"required":["a"],"properties":{"a":{}}},"unevaluatedProperties":false} | {"a":1} | {"b":1}         | /b
            {"not":{"not":{"properties":{"a":{}}}},"unevaluatedProperties":false} | {}        | {"a":1}             | /a
            {"properties":{"l":{"allOf":[{"prefixItems":[true]}],"unevaluatedItems":false}}} | {"l":[1]} | {"l":[1,2]} | /l/1
            {"properties":{"l":{"contains":{"const":1},"unevaluatedItems":{"const":2}}}} | {"l":[1,2,1]} | {"l":[1,3]} | /l/1
            {"properties":{"l":{"unevaluatedItems":false}}}            | {"l":{"a":1}}        | {"l":[1]}           | /l/0
            {"format":"email","unknown":1,"properties":{"a":{"format":"date"}}} | {"a":"x"}   | {"a":1}             | -
            """)
    void an_object_fits_or_is_told_where_it_does_not(
            String schema, String fitting, String other, String pointer) {
        assertFits(schema, fitting, other, pointer);
    }

    private static void assertFits(String schema, String fitting, String other, String pointer) {
        assertThat(check(schema, fitting)).isEmpty();
        List<String> pointers =
                check(schema, other).stream().map(FieldError::pointer).toList();
        assertThat(pointers)
                .isEqualTo("-".equals(pointer) ? List.of() : List.of(pointer.split(" ")));
    }

    @Test
    void all_that_is_wrong_is_told_in_plain_words() {
        String schema = """
                {"properties":{"a":{"type":["string","null"]},"b":{"minimum":1e3},"c":{"enum":[1,"x"]}},
                "required":["d"],"unevaluatedProperties":false}""";
        assertThat(check(schema, "{\"a\":1,\"b\":2,\"c\":3,\"e\":1}"))
                .containsExactlyInAnyOrder(
                        new FieldError("/a", "Must be a string or null."),
                        new FieldError("/b", "Must be at least 1000."),
                        new FieldError("/c", "Must be one of: 1, \"x\"."),
                        new FieldError("/d", "This member is missing."),
                        new FieldError("/e", "This is not allowed here."));
    }

    @Test
    void what_one_of_several_forms_lacks_is_told_as_a_choice() {
        String schema = """
                {"anyOf":[{"required":["a"]},{"properties":{"b":{"type":"string"}},"required":["b"]}]}""";
        assertThat(check(schema, "{\"b\":1}"))
                .containsExactly(
                        new FieldError("/a", "This member is missing, unless another form fits."),
                        new FieldError("/b", "Must be a string, unless another form fits."));
    }

    @Test
    void no_more_is_told_than_anybody_reads() {
        String document = "{\"a\":[" + "1,".repeat(99) + "1]}";
        assertThat(check("{\"properties\":{\"a\":{\"items\":{\"type\":\"string\"}}}}", document))
                .hasSize(SchemaLimits.ERRORS_MAX);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"text"}                          | /type
            {"type":[]}                              | /type
            {"enum":1}                               | /enum
            {"minimum":"1"}                          | /minimum
            {"multipleOf":0}                         | /multipleOf
            {"minLength":1.5}                        | /minLength
            {"maxItems":-1}                          | /maxItems
            {"pattern":"("}                          | /pattern
            {"pattern":"(?!a)"}                      | /pattern
            {"required":["a","a"]}                   | /required
            {"required":"a"}                         | /required
            {"properties":[]}                        | /properties
            {"properties":{"a":1}}                   | /properties/a
            {"patternProperties":{"[":{}}}           | /patternProperties/[
            {"allOf":[]}                             | /allOf
            {"anyOf":[true,0]}                       | /anyOf/1
            {"items":[]}                             | /items
            {"prefixItems":{}}                       | /prefixItems
            {"uniqueItems":1}                        | /uniqueItems
            {"dependentRequired":{"a":"b"}}          | /dependentRequired/a
            {"$defs":{"a":1}}                        | /$defs/a
            {"$schema":"http://json-schema.org/draft-07/schema#"} | /$schema
            {"additionalItems":false}                | /additionalItems
            """)
    void a_wrong_schema_is_refused_where_it_is_wrong(String schema, String pointer) {
        assertRefused(schema, pointer);
    }

    /** The last asks itself without an end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"$ref":1}                               | /$ref
            {"$ref":"#/%zz"}                         | /$ref
            {"$ref":"#/a"}                           | /$ref
            {"$ref":"#a"}                            | /$ref
            {"$defs":{"a":{"$dynamicRef":"#a"}}}      | /$defs/a/$dynamicRef
            {"$ref":"#/x","x":{"maxLength":-1}}       | /$ref
            {"$ref":"#/enum/0","enum":[{"type":"x"}]} | /$ref
            {"$ref":"#/type","type":"object"}         | /$ref
            {"$ref":"https://example.org/schema"}    | /$ref
            {"$defs":{"a":{"$id":"https://example.org/a"}}} | /$defs/a/$id
            {"allOf":[{"$ref":"#"}]}                 | ''
            """)
    void a_wrong_reference_is_refused_where_it_stands(String schema, String pointer) {
        assertRefused(schema, pointer);
    }

    private static void assertRefused(String schema, String pointer) {
        assertThatThrownBy(() -> READER.read(json(schema).tree()))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_DEFINITION);
                    assertThat(problem.errors()).extracting(FieldError::pointer).contains(pointer);
                });
    }

    @Test
    void schemas_are_equal_when_they_say_the_same() {
        String one = "{\"maxItems\":1,\"minLength\":2}";
        assertThat(READER.read(json(one).tree()))
                .isEqualTo(
                        READER.read(json("{\"minLength\":2.0,\"maxItems\":1}").tree()))
                .hasSameHashCodeAs(
                        READER.read(json("{\"minLength\":2.0,\"maxItems\":1}").tree()))
                .isNotEqualTo(
                        READER.read(json("{\"minLength\":3,\"maxItems\":1}").tree()));
    }

    /** The name of a schema is its writer's own: two may have the same. */
    @Test
    void schemas_of_one_name_do_not_know_each_other() {
        String schema = """
                {"$id":"https://example.org/s","$ref":"#/$defs/a","$defs":{"a":{"required":["%s"]}}}""";
        assertThat(check(schema.formatted("x"), "{\"x\":1}")).isEmpty();
        assertThat(check(schema.formatted("y"), "{\"x\":1}"))
                .containsExactly(new FieldError("/y", "This member is missing."));
        assertThat(check(schema.formatted("x"), "{\"x\":1}")).isEmpty();
    }

    @Test
    void a_schema_has_a_bounded_size() {
        String part = "{\"not\":".repeat(2) + "{}" + "}".repeat(2);
        String parts = ("," + part).repeat(700).substring(1);
        assertRefused("{\"allOf\":[" + parts + "]}");
        assertRefused("{\"title\":\"" + "x".repeat(SchemaLimits.BYTES_MAX) + "\"}");
    }

    private static void assertRefused(String schema) {
        assertThatThrownBy(() -> READER.read(json(schema).tree())).isInstanceOf(Problem.class);
    }

    private static List<FieldError> check(String schema, String document) {
        return READER.read(json(schema).tree()).check(json(document));
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
