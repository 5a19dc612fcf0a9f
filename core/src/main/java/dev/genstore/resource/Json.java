package dev.genstore.resource;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
    private static final byte[] COMMA = {','};
    private static final byte[] NOTHING = {};
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

    /**
     * The text of the value at this path, as it was written.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String textAt(List<String> path) {
        try (JsonParser parser = parser(bytes)) {
            for (String name : path) {
                toMember(parser, name);
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getByteOffset();
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
    }

    /** Goes to the value of a member of the object that the parser is before or at the start of. */
    private static void toMember(JsonParser parser, String name) {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return;
            }
            parser.skipChildren();
        }
        throw new IllegalArgumentException("there is no member " + name);
    }

    /**
     * The object with only some of its top-level members, each as it was written.
     *
     * @param utf8 the text of an object
     */
    public static byte[] retain(byte[] utf8, Set<String> names) {
        var out = new ByteArrayOutputStream(Math.min(utf8.length, 256));
        out.write('{');
        try (JsonParser parser = parser(utf8)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                boolean kept = names.contains(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
                if (kept) {
                    out.writeBytes(out.size() > 1 ? COMMA : NOTHING);
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    out.write(utf8, start, end - start);
                }
            }
        }
        out.write('}');
        return out.toByteArray();
    }

    private static JsonParser parser(byte[] utf8) {
        return FACTORY.createParser(ObjectReadContext.empty(), utf8);
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

    /** What {@code writing} generates, as a text. */
    public static String text(Consumer<JsonGenerator> writing) {
        return new String(write(writing), StandardCharsets.UTF_8);
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
