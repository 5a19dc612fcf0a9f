package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads JSON that every receiver understands alike (RFC 8259, RFC 7493): UTF-8 without errors, one
 * value and nothing behind it, no doubled names, no lone surrogates, no number that a double would
 * change, at most {@value #DEPTH_MAX} levels. What breaks a rule is refused and never repaired.
 */
public final class StrictJson {
    /** How many arrays and objects may stand inside one another. */
    public static final int DEPTH_MAX = 64;

    private static final int DIGITS_MAX = 400;
    private static final int NAME_LENGTH_MAX = 50_000;
    private static final int EXACT_DIGITS = 15;
    private static final int ESCAPE_LENGTH = 6;
    private static final Pattern INSIDE =
            Pattern.compile(" \\([^(]*\\[Source: .*|, from `[^`]*`|: enable `JsonReadFeature.*"
                    + "|: maybe a \\(non-standard\\) comment\\?.*");

    private static final JsonFactory FACTORY = factory(DEPTH_MAX);

    private StrictJson() {}

    /**
     * Names are not remembered from one text to the next: Jackson's table of names is shared by all, and
     * names that were chosen to collide in it made it fail for others, too.
     */
    private static JsonFactory factory(int depthMax) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax)
                        .maxNumberLength(DIGITS_MAX)
                        .maxNameLength(NAME_LENGTH_MAX)
                        .build())
                .build();
    }

    /** Receives the members of the top-level object; decides which are kept. */
    @FunctionalInterface
    interface MemberFilter {
        /** Whether the member that {@code parser} stands before the value of is to be copied. */
        boolean keeps(String name, JsonToken valueToken, JsonParser parser);
    }

    /**
     * A tree of the text.
     *
     * @throws Problem 400 {@code invalid-json}
     */
    public static JsonNode tree(byte[] utf8) {
        return Json.trusted(copy(utf8, null)).tree();
    }

    /**
     * A tree of a text that has others inside, each of which may be as deep as one alone.
     *
     * @param levels how many levels are around them
     * @throws Problem 400 {@code invalid-json}
     */
    public static JsonNode treeAround(byte[] utf8, int levels) {
        return Json.trusted(copy(utf8, null, factory(DEPTH_MAX + levels))).tree();
    }

    /**
     * The text, checked and minified. With a filter it must be an object.
     *
     * @throws Problem 400 {@code invalid-json}, or {@code invalid-resource} when it is no object
     */
    static byte[] copy(byte[] utf8, @Nullable MemberFilter filter) {
        return copy(utf8, filter, FACTORY);
    }

    private static byte[] copy(byte[] utf8, @Nullable MemberFilter filter, JsonFactory factory) {
        String text = decode(utf8);
        checkEscapes(text);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            return Json.write(generator -> copyDocument(parser, generator, filter));
        } catch (JacksonException failure) {
            throw refused(failure);
        }
    }

    private static void copyDocument(
            JsonParser parser, JsonGenerator generator, @Nullable MemberFilter filter) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ProblemType.INVALID_JSON.because("The body is empty; send a JSON value.");
        }
        if (filter == null) {
            copyValue(parser, generator, first);
        } else {
            copyMembers(parser, generator, first, filter);
        }
        if (parser.nextToken() != null) {
            throw ProblemType.INVALID_JSON.because(
                    "There is something behind the JSON value; send one value.");
        }
    }

    private static void copyMembers(
            JsonParser parser, JsonGenerator generator, JsonToken first, MemberFilter filter) {
        if (first != JsonToken.START_OBJECT) {
            throw ProblemType.INVALID_RESOURCE.at("", "A resource is a JSON object: {…}.");
        }
        generator.writeStartObject();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = wellFormed(parser.currentName());
            JsonToken value = parser.nextToken();
            if (filter.keeps(name, value, parser)) {
                generator.writeName(name);
                copyValue(parser, generator, value);
            } else {
                forEachToken(parser, value, token -> check(parser, token));
            }
        }
        generator.writeEndObject();
    }

    /** Copies the value that starts at {@code first}, with everything inside it. */
    private static void copyValue(JsonParser parser, JsonGenerator generator, JsonToken first) {
        forEachToken(parser, first, token -> copyToken(parser, generator, token));
    }

    private static void forEachToken(
            JsonParser parser, JsonToken first, Consumer<JsonToken> consumer) {
        int depth = 0;
        JsonToken token = first;
        do {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            consumer.accept(token);
            token = depth > 0 ? parser.nextToken() : token;
        } while (depth > 0 && token != null);
    }

    /** What is left out must be in order, too. */
    private static void check(JsonParser parser, JsonToken token) {
        if (token == JsonToken.PROPERTY_NAME) {
            wellFormed(parser.currentName());
        } else if (token == JsonToken.VALUE_STRING) {
            wellFormed(parser.getString());
        } else if (token.isNumeric()) {
            exact(parser.getString());
        }
    }

    private static void copyToken(JsonParser parser, JsonGenerator generator, JsonToken token) {
        switch (token) {
            case START_OBJECT -> generator.writeStartObject();
            case END_OBJECT -> generator.writeEndObject();
            case START_ARRAY -> generator.writeStartArray();
            case END_ARRAY -> generator.writeEndArray();
            case PROPERTY_NAME -> generator.writeName(wellFormed(parser.currentName()));
            case VALUE_STRING -> generator.writeString(wellFormed(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                generator.writeNumber(exact(parser.getString()));
            case VALUE_TRUE -> generator.writeBoolean(true);
            case VALUE_FALSE -> generator.writeBoolean(false);
            case VALUE_NULL -> generator.writeNull();
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("not in text: " + token);
        }
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException failure) {
            throw ProblemType.INVALID_JSON.because(
                    "The body is not UTF-8; JSON is always UTF-8 (RFC 8259, 8.1).");
        }
    }

    /** The parser looks at a digit's low eight bits alone, so letters of other scripts pass for one. */
    private static void checkEscapes(String text) {
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
            boolean isOfDigits = text.startsWith("u", at + 1);
            int end = Math.min(text.length(), at + ESCAPE_LENGTH);
            if (isOfDigits && text.substring(at, end).chars().anyMatch(c -> c > 0x7F)) {
                throw ProblemType.INVALID_JSON.because(
                        "A \\u escape has four hexadecimal digits, 0 to 9 and A to F.");
            }
        }
    }

    /** A surrogate without its partner is no character and can't be written as UTF-8. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)
                    && (Character.isLowSurrogate(c) || !lowFollows(text, i++))) {
                throw ProblemType.INVALID_JSON.because(
                        "A \\u escape stands for half a character (a lone surrogate).");
            }
        }
        return text;
    }

    private static boolean lowFollows(String text, int high) {
        return high + 1 < text.length() && Character.isLowSurrogate(text.charAt(high + 1));
    }

    /** Most receivers read numbers as doubles (RFC 7493, 2.2): refuse what they would change. */
    private static String exact(String number) {
        if (number.length() > EXACT_DIGITS && !survivesAsDouble(number)) {
            throw ProblemType.INVALID_JSON.because("The number " + shorten(number)
                    + " would be changed by a receiver that reads it as a 64-bit"
                    + " float; send it as a string.");
        }
        if (number.length() <= EXACT_DIGITS
                && (number.indexOf('e') >= 0 || number.indexOf('E') >= 0)) {
            return exactExponent(number);
        }
        return number;
    }

    private static String exactExponent(String number) {
        if (!survivesAsDouble(number)) {
            throw ProblemType.INVALID_JSON.because(
                    "The number " + number + " is out of the range of a 64-bit float.");
        }
        return number;
    }

    private static boolean survivesAsDouble(String number) {
        double value = Double.parseDouble(number);
        return !Double.isInfinite(value) && survivesAs(value, number);
    }

    /** A number whose exponent is too great even for a decimal survives nowhere, 0 neither. */
    private static boolean survivesAs(double value, String number) {
        try {
            var exact = new BigDecimal(number);
            return value == 0 ? exact.signum() == 0 : isShortest(exact, value);
        } catch (NumberFormatException hugeExponent) {
            return false;
        }
    }

    /**
     * Whether a receiver would write the double as this number. Java writes two digits at least, so
     * for the two smallest doubles it is not Java's: {@code 4.9E-324} is {@code 5e-324} elsewhere.
     */
    private static boolean isShortest(BigDecimal exact, double value) {
        var written = new BigDecimal(Double.toString(value));
        return exact.compareTo(written) == 0
                || (Math.abs(value) <= 2 * Double.MIN_VALUE
                        && exact.compareTo(written.round(new MathContext(1))) == 0);
    }

    private static String shorten(String number) {
        return number.length() <= 40 ? number : number.substring(0, 40) + "…";
    }

    private static Problem refused(JacksonException failure) {
        var location = failure.getLocation();
        String where = location == null
                ? ""
                : "Line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
        return ProblemType.INVALID_JSON.because(where + said(failure) + ".");
    }

    /** What the parser says, without what only a programmer could use. */
    private static String said(JacksonException failure) {
        return INSIDE.matcher(failure.getOriginalMessage()).replaceAll("");
    }
}
