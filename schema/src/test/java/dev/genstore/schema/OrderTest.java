package dev.genstore.schema;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The {@link Order} of values is one, and two are equal in it if they say the same. */
class OrderTest {
    private static final List<String> SCALARS = List.of(
            "null", "true", "false", "0", "-0.0", "1", "1.0", "1e0", "2.5", "\"\"", "\"1\"",
            "\"a\"");

    @RepeatedTest(3)
    void values_are_equal_if_they_say_the_same_and_else_in_order(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        var random = new Random(seed);
        List<JsonNode> values = IntStream.range(0, 60)
                .mapToObj(i -> json("{\"v\":" + value(random, 3) + "}").tree().get("v"))
                .toList();
        for (JsonNode left : values) {
            for (JsonNode right : values) {
                int order = Integer.signum(Order.OF_VALUES.compare(left, right));
                assertThat(order == 0)
                        .as("seed %d: %s and %s", seed, left, right)
                        .isEqualTo(Json.sayTheSame(left, right));
                assertThat(Integer.signum(Order.OF_VALUES.compare(right, left))).isEqualTo(-order);
            }
        }
        assertThat(values.stream().sorted(Order.OF_VALUES).toList())
                .as("seed %d", seed)
                .isSortedAccordingTo(Order.OF_VALUES);
    }

    private static String value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 1 -> "[" + value(random, depth - 1) + (random.nextBoolean() ? ",1]" : "]");
            case 2 ->
                random.nextBoolean()
                        ? "{\"a\":" + value(random, depth - 1) + ",\"b\":1}"
                        : "{\"b\":1,\"a\":" + value(random, depth - 1) + "}";
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
