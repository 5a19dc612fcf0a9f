package dev.genstore.resource;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * A JSON object as minified UTF-8 that has passed {@link StrictJson}. It is kept as bytes, because
 * most resources are stored and told without anybody looking into them.
 *
 * <p>Immutable, as long as nobody writes into {@link #bytes()}.
 */
public final class Json {
    /** The object without members. */
    public static final Json EMPTY = new Json(new byte[] {'{', '}'});

    /**
     * What was let in is read again whatever Jackson thinks of its size: it bounds names in bytes here
     * and in characters there, and what could not be read again could not be changed any more.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();
    private static final Comparator<JsonNode> BY_VALUE = Json::compareScalars;

    private final byte[] bytes;

    private Json(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps bytes that are known to be a checked and minified object, for example from the store. */
    public static Json trusted(byte[] bytes) {
        return new Json(bytes);
    }

    /** The UTF-8 text; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** A fresh tree of it. */
    public JsonNode tree() {
        return MAPPER.readTree(bytes);
    }

    /** Whether both say the same: the order of members and {@code 1} or {@code 1.0} do not matter. */
    public boolean saysTheSameAs(Json other) {
        return equals(other) || sayTheSame(tree(), other.tree());
    }

    /** Whether two trees say the same, in the same sense. */
    public static boolean sayTheSame(JsonNode left, JsonNode right) {
        return left.equals(BY_VALUE, right);
    }

    /** The UTF-8 text that {@code writing} generates. */
    public static byte[] write(Consumer<JsonGenerator> writing) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            writing.accept(generator);
        }
        return out.toByteArray();
    }

    /** The UTF-8 text of a tree. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Arrays.equals(bytes, json.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Jackson asks only for scalars; all numbers that were let in are exact as doubles. */
    private static int compareScalars(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
        }
        return left.equals(right) ? 0 : 1;
    }
}
