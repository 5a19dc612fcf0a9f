package dev.genstore.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Whatever a resource has, it is the same behind CSV. */
class CsvTest {
    private static final List<String> COLUMNS = List.of("id", "a", "b c", "d,\"e\"");
    private static final String[] PIECES = {
        "a",
        "\"",
        ",",
        "\n",
        "\r",
        " ",
        "1",
        "-0",
        "007",
        "1e5",
        "null",
        "true",
        "[",
        "]",
        "{",
        "}",
        "é",
        "\u2028",
        "\ud83d\ude00",
        ":",
        "1.50"
    };
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_resources_are_the_same_behind_it(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringWriter();
        List<ObjectNode> written =
                random.ints(2000).mapToObj(i -> resource(random)).toList();
        RowOutput out = RowFormat.CSV.writing(text, COLUMNS, true);
        for (ObjectNode resource : written) {
            out.write(resource);
        }
        byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
        Rows rows = RowFormat.CSV.reading(new ByteArrayInputStream(file));
        for (ObjectNode resource : written) {
            assertThat(rows.next()).as("seed %d, line %d", seed, rows.line()).isEqualTo(resource);
        }
        assertThat(rows.next()).isNull();
    }

    private static ObjectNode resource(Random random) {
        ObjectNode resource = JSON.objectNode();
        resource.put("id", "r" + random.nextInt(1000));
        for (String name : COLUMNS.subList(1, COLUMNS.size())) {
            if (random.nextInt(4) > 0) {
                resource.set(name, value(random, 2));
            }
        }
        return resource;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> JSON.numberNode(random.nextInt(100));
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.nullNode();
            case 5 -> JSON.arrayNode().add(value(random, depth - 1));
            case 6 -> JSON.objectNode().set(text(random), value(random, depth - 1));
            default -> JSON.stringNode(text(random));
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
