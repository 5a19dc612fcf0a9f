package dev.genstore.query;

import dev.genstore.resource.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** Whether terms hold. */
final class Evaluation {
    private Evaluation() {}

    /** Whether a term is true; false, an error and any other value are not. */
    static boolean isTrue(Term term, Document document) {
        return Boolean.TRUE.equals(truth(term, document));
    }

    /** True, false, or null for an error. */
    private static @Nullable Boolean truth(Term term, Document document) {
        return switch (term) {
            case Term.And(List<Term> terms) -> all(terms, document, true);
            case Term.Or(List<Term> terms) -> all(terms, document, false);
            case Term.Not(Term inner) -> not(truth(inner, document));
            case Term.Comparison comparison -> compare(comparison, document);
            case Term.Constant(JsonNode value) -> bool(value);
            case Term.Member(List<String> path) -> bool(document.at(path));
        };
    }

    /** Whether all are {@code sought}; one that is the opposite decides, whatever errors there are. */
    private static @Nullable Boolean all(List<Term> terms, Document document, boolean sought) {
        Boolean result = sought;
        for (Term term : terms) {
            Boolean truth = truth(term, document);
            if (truth == null) {
                result = null;
            } else if (truth != sought) {
                return truth;
            }
        }
        return result;
    }

    private static @Nullable Boolean not(@Nullable Boolean truth) {
        return truth == null ? null : !truth;
    }

    private static @Nullable Boolean bool(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : null;
    }

    private static @Nullable Boolean compare(Term.Comparison comparison, Document document) {
        JsonNode left = value(comparison.left(), document);
        JsonNode right = value(comparison.right(), document);
        return switch (comparison.relation()) {
            case EQUAL -> Json.sayTheSame(left, right);
            case NOT_EQUAL -> !Json.sayTheSame(left, right);
            case LESS -> ordered(left, right) ? order(left, right) < 0 : null;
            case LESS_OR_EQUAL -> ordered(left, right) ? order(left, right) <= 0 : null;
            case GREATER -> ordered(left, right) ? order(left, right) > 0 : null;
            case GREATER_OR_EQUAL -> ordered(left, right) ? order(left, right) >= 0 : null;
        };
    }

    private static boolean ordered(JsonNode left, JsonNode right) {
        return (left.isNumber() && right.isNumber()) || (left.isString() && right.isString());
    }

    private static int order(JsonNode left, JsonNode right) {
        return left.isNumber()
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : left.stringValue().compareTo(right.stringValue());
    }

    private static JsonNode value(Term term, Document document) {
        return switch (term) {
            case Term.Constant(JsonNode value) -> value;
            case Term.Member(List<String> path) -> document.at(path);
            default -> throw new IllegalArgumentException("no value: " + term);
        };
    }
}
