package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.Random;

class MergeDiffTest {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':1}           | {'a':1}               | {}",
                "{'a':1,'b':2}     | {'b':2,'a':1}         | {}",
                "{'a':1}           | {'a':2}               | {'a':2}",
                "{'a':1}           | {'a':1.0}             | {'a':1.0}",
                "{'a':1,'b':2}     | {'b':2}               | {'a':null}",
                "{'a':{'b':1,'c':2}} | {'a':{'b':1,'c':3}} | {'a':{'c':3}}",
                "{'a':{'b':1}}     | {'a':{}}              | {'a':{'b':null}}",
                "{'a':{'b':1}}     | {}                    | {'a':null}",
                "{'a':1}           | {'a':{'b':1}}         | {'a':{'b':1}}",
                "{'a':1}           | {'a':{}}              | {'a':{}}",
                "{'a':{'b':1}}     | {'a':1}               | {'a':1}",
                "{'a':[1,2]}       | {'a':[1,3]}           | {'a':[1,3]}",
                "{'a':[1]}         | {'a':[null]}          | {'a':[null]}",
                "{'a':[1]}         | {'a':[{'b':null}]}    | {'a':[{'b':null}]}",
                "{'a':null}        | {'a':null,'b':1}      | {'b':1}",
                "{'a':{'b':null}}  | {'a':{'b':null,'c':1}} | {'a':{'c':1}}",
                "{'a':null}        | {}                    | {'a':null}",
                "{'a':null}        | {'a':1}               | {'a':1}",
            })
    void a_patch_says_what_changed_and_nothing_else(String before, String after, String patch) {
        assertThat(MergeDiff.between(json(before), json(after))).contains((ObjectNode) json(patch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                | {'a':null}",
                "{'a':1}           | {'a':null}",
                "{'a':{}}          | {'a':{'b':null}}",
                "{'a':1}           | {'a':{'b':{'c':null}}}",
                "{'a':{'b':1}}     | {'a':{'b':null}}",
            })
    void a_null_that_is_new_can_not_be_said(String before, String after) {
        assertThat(MergeDiff.between(json(before), json(after))).isEmpty();
    }

    @RepeatedTest(20)
    void a_patch_makes_the_one_of_the_other() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            ObjectNode before = object(random, 3);
            ObjectNode after = object(random, 3);
            Optional<ObjectNode> patch = MergeDiff.between(before, after);
            if (patch.isPresent()) {
                assertThat(merge(before, patch.get()))
                        .as("with the seed %d", seed)
                        .isEqualTo(after);
            } else {
                assertThat(after.toString()).as("with the seed %d", seed).contains("null");
            }
        }
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = MAKE.objectNode();
        for (String name : new String[] {"a", "b", "c"}) {
            if (random.nextBoolean()) {
                object.set(name, value(random, depth));
            }
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 4)) {
            case 0 -> random.nextInt(3) == 0 ? MAKE.nullNode() : MAKE.booleanNode(true);
            case 1 -> MAKE.numberNode(random.nextInt(3));
            case 2 -> MAKE.stringNode("x");
            case 3 -> MAKE.arrayNode().add(random.nextInt(2)).addNull();
            default -> object(random, depth - 1);
        };
    }

    /** RFC 7396, 2. */
    private static JsonNode merge(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode)) {
            return patch;
        }
        ObjectNode merged =
                target instanceof ObjectNode object ? object.deepCopy() : MAKE.objectNode();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(member.getKey(), merge(merged.get(member.getKey()), member.getValue()));
            }
        });
        return merged;
    }

    private static JsonNode json(String text) {
        return Lines.read(text.replace('\'', '"'));
    }
}
