package dev.genstore.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;

import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.Problem.FieldError;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the library finds, said as the other problems are: where it is, and what it must be. */
final class Words {
    private static final int SHOWN_MAX = 100;
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");
    private static final Map<String, String> TYPES = Map.of(
            "null", "null",
            "boolean", "true or false",
            "number", "a number",
            "integer", "a whole number",
            "string", "a string",
            "array", "an array",
            "object", "an object");

    private Words() {}

    /** One member that is at fault. */
    static FieldError of(Error error) {
        return new FieldError(
                pointer(error), isOneOfSeveral(error) ? orElse(error) : detail(error));
    }

    /** The library points to an object or array and names the part by itself. */
    private static String pointer(Error error) {
        String around = error.getInstanceLocation().toString();
        String part = part(error);
        return part == null ? around : around + JsonPointer.to(part);
    }

    private static @Nullable String part(Error error) {
        return switch (error.getKeyword()) {
            case "required", "additionalProperties", "unevaluatedProperties", "propertyNames" ->
                error.getProperty();
            case "dependentRequired", "items", "unevaluatedItems" ->
                String.valueOf(error.getArguments()[0]);
            default -> null;
        };
    }

    /** Whether it was found under one of several schemas of which another may fit. */
    private static boolean isOneOfSeveral(Error error) {
        NodePath path = error.getEvaluationPath();
        for (int i = 1; i < path.getNameCount(); i++) {
            if (path.getElement(i) instanceof Integer
                    && CHOICES.contains(String.valueOf(path.getElement(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static String orElse(Error error) {
        return detail(error).replaceFirst("\\.$", ", unless another form fits.");
    }

    private static String detail(Error error) {
        JsonNode wanted = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> "Must be " + types(wanted) + ".";
            case "enum" -> "Must be one of: " + values(wanted) + ".";
            case "const" -> "Must be " + shortened(wanted.toString()) + ".";
            case "minimum" -> "Must be at least " + number(wanted) + ".";
            case "maximum" -> "Must be at most " + number(wanted) + ".";
            case "exclusiveMinimum" -> "Must be above " + number(wanted) + ".";
            case "exclusiveMaximum" -> "Must be below " + number(wanted) + ".";
            case "multipleOf" -> "Must be a multiple of " + number(wanted) + ".";
            case "minLength" -> "Must have at least " + counted(wanted, "character");
            case "maxLength" -> "Must have at most " + counted(wanted, "character");
            case "pattern" -> "Must match " + shortened(wanted.stringValue()) + ".";
            case "minItems" -> "Must have at least " + counted(wanted, "element");
            case "maxItems" -> "Must have at most " + counted(wanted, "element");
            case "minProperties" -> "Must have at least " + counted(wanted, "member");
            case "maxProperties" -> "Must have at most " + counted(wanted, "member");
            default -> ofParts(error);
        };
    }

    private static String ofParts(Error error) {
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" -> "This member is missing.";
            case "propertyNames" -> "No member may have this name.";
            case "uniqueItems" -> "Must not have an element twice.";
            case "contains", "minContains" ->
                "Must have more elements of the kind that is asked for.";
            case "maxContains" -> "Must have fewer elements of the kind that is asked for.";
            case "not" -> "Must not have the form that is refused here.";
            case "oneOf" ->
                "Must fit exactly one of the " + error.getSchemaNode().size()
                        + " forms that are allowed here; it fits " + error.getArguments()[0] + ".";
            default -> "This is not allowed here.";
        };
    }

    private static String types(JsonNode wanted) {
        return wanted.isString()
                ? type(wanted)
                : wanted.valueStream().map(Words::type).collect(Collectors.joining(" or "));
    }

    private static String type(JsonNode name) {
        return TYPES.getOrDefault(name.stringValue(), name.stringValue());
    }

    private static String values(JsonNode wanted) {
        return shortened(
                wanted.valueStream().map(JsonNode::toString).collect(Collectors.joining(", ")));
    }

    private static String number(JsonNode wanted) {
        double number = wanted.doubleValue();
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : wanted.toString();
    }

    private static String counted(JsonNode bound, String what) {
        String number = number(bound);
        return number + ' ' + what + (number.equals("1") ? "." : "s.");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX)) + "…";
    }
}
