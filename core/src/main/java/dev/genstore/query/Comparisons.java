package dev.genstore.query;

import tools.jackson.databind.JsonNode;

/**
 * Makes comparisons ready to be tested. What nearly all filters are made of, a comparison with a
 * constant, makes nothing new.
 */
final class Comparisons {
    private Comparisons() {}

    static Condition of(Term.Comparison comparison) {
        Operand left = Operands.of(comparison.left());
        return comparison.right() instanceof Term.Constant(JsonNode value)
                ? withConstant(comparison.relation(), left, value)
                : general(comparison.relation(), left, Operands.of(comparison.right()));
    }

    private static Condition withConstant(Term.Relation relation, Operand left, JsonNode value) {
        return switch (Kind.of(value)) {
            case NUMBER -> withNumber(relation, left, value.doubleValue());
            case TEXT -> withText(relation, left, value);
            default -> general(relation, left, _ -> value);
        };
    }

    private static Condition withNumber(Term.Relation relation, Operand left, double number) {
        boolean isEquality = isEquality(relation);
        return scope -> {
            JsonNode value = left.value(scope);
            if (value != null && value.isNumber()) {
                return Truth.of(holds(relation, Values.compare(value.doubleValue(), number)));
            }
            return value == null || !isEquality
                    ? Truth.ERROR
                    : Truth.of(relation == Term.Relation.NOT_EQUAL);
        };
    }

    private static Condition withText(Term.Relation relation, Operand left, JsonNode constant) {
        if (!isEquality(relation)) {
            return general(relation, left, _ -> constant);
        }
        String text = constant.stringValue();
        boolean wanted = relation == Term.Relation.EQUAL;
        return scope -> {
            JsonNode value = left.value(scope);
            return value == null
                    ? Truth.ERROR
                    : Truth.of((value.isString() && text.equals(value.stringValue())) == wanted);
        };
    }

    private static Condition general(Term.Relation relation, Operand left, Operand right) {
        return isEquality(relation)
                ? equality(relation == Term.Relation.EQUAL, left, right)
                : order(relation, left, right);
    }

    private static Condition equality(boolean wanted, Operand left, Operand right) {
        return scope -> {
            JsonNode one = left.value(scope);
            JsonNode other = right.behind(one, scope);
            return one == null || other == null
                    ? Truth.ERROR
                    : Truth.of(Values.same(one, other, scope) == wanted);
        };
    }

    private static Condition order(Term.Relation relation, Operand left, Operand right) {
        return scope -> {
            JsonNode one = left.value(scope);
            JsonNode other = right.behind(one, scope);
            return one == null || other == null || !Values.areOrdered(one, other)
                    ? Truth.ERROR
                    : Truth.of(holds(relation, Values.compare(one, other, scope)));
        };
    }

    private static boolean isEquality(Term.Relation relation) {
        return relation == Term.Relation.EQUAL || relation == Term.Relation.NOT_EQUAL;
    }

    private static boolean holds(Term.Relation relation, int order) {
        return switch (relation) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
