package dev.genstore.checks.simulation;

import dev.genstore.resource.Json;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Random members and patches. No two are the same; some are big, some have nulls and objects. */
final class Bodies {
    private static final List<String> MEMBERS = List.of(
            "",
            "",
            ",\"a\":1",
            ",\"a\":null",
            ",\"a\":{}",
            ",\"a\":{\"b\":1,\"c\":[null,2]}",
            ",\"a\":{\"b\":{\"d\":null}}",
            ",\"a\":{\"b\":{\"d\":2},\"e\":\"\u00fc\"}");

    private final Dice dice;
    private final int bigPercent;
    private int count;

    Bodies(Dice dice, int bigPercent) {
        this.dice = dice;
        this.bigPercent = bigPercent;
    }

    Json next() {
        return Json.trusted(text().getBytes(StandardCharsets.UTF_8));
    }

    /** An RFC 7396 patch as a function; its nulls remove members. */
    UnaryOperator<byte[]> patch() {
        JsonNode patch = next().tree();
        return json -> Json.write(Merging.merge(Json.trusted(json).tree(), patch));
    }

    private String text() {
        return "{\"n\":" + count++ + dice.pick(MEMBERS) + ",\"t\":\"" + "x".repeat(length())
                + "\"}";
    }

    private int length() {
        if (dice.chance(bigPercent)) {
            return dice.between(2_000, 70_000);
        }
        return dice.chance(20) ? dice.between(100, 1_000) : 0;
    }
}
