package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Makes terms ready to be asked for their values. */
final class Operands {
    private Operands() {}

    static Operand of(Term term) {
        return switch (term) {
            case Term.Constant(JsonNode value) -> _ -> value;
            case Term.Member(List<String> path) -> member(path);
            case Term.Variable(int level) -> scope -> scope.variable(level);
            case Term.Element(Term of, Term place) -> element(of(of), of(place));
            case Term.ListOf(List<Term> elements) -> list(elements);
            case Term.Conditional conditional -> conditional(conditional);
            case Term.Arithmetic(Term.Operation operation, Term left, Term right) ->
                arithmetic(operation, of(left), of(right));
            case Term.Size(Term of) -> size(of(of));
            case Term.Comparison _,
                    Term.In _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.And _,
                    Term.Or _,
                    Term.Not _,
                    Term.Loop _,
                    Term.ByCollection _ -> truth(Conditions.of(term));
        };
    }

    private static Operand member(List<String> path) {
        if (path.size() == 1) {
            String name = path.getFirst();
            return scope -> Values.orNull(scope.document().member(name));
        }
        return scope -> scope.document().at(path);
    }

    private static Operand element(Operand of, Operand place) {
        return scope -> {
            JsonNode container = of.value(scope);
            JsonNode at = place.behind(container, scope);
            return container == null || at == null
                    ? null
                    : Values.orNull(Values.element(container, at));
        };
    }

    private static Operand list(List<Term> terms) {
        List<Operand> elements = terms.stream().map(Operands::of).toList();
        return scope -> {
            var list = JsonNodeFactory.instance.arrayNode(elements.size());
            for (Operand element : elements) {
                JsonNode value = element.value(scope);
                if (value == null) {
                    return null;
                }
                list.add(value);
            }
            return list;
        };
    }

    private static Operand conditional(Term.Conditional conditional) {
        Condition condition = Conditions.of(conditional.condition());
        Operand then = of(conditional.then());
        Operand otherwise = of(conditional.otherwise());
        return scope -> switch (condition.test(scope)) {
            case TRUE -> then.value(scope);
            case FALSE -> otherwise.value(scope);
            case ERROR -> null;
        };
    }

    private static Operand arithmetic(Term.Operation operation, Operand left, Operand right) {
        return switch (operation) {
            case ADD -> sum(left, right);
            case SUBTRACT -> calculation(left, right, (one, other) -> one - other);
            case MULTIPLY -> calculation(left, right, (one, other) -> one * other);
            case DIVIDE -> calculation(left, right, (one, other) -> one / other);
            case REMAINDER -> calculation(left, right, (one, other) -> one % other);
        };
    }

    private static Operand calculation(Operand left, Operand right, DoubleBinaryOperator operator) {
        return scope -> {
            JsonNode one = left.value(scope);
            JsonNode other = right.behind(one, scope);
            return one != null && other != null && one.isNumber() && other.isNumber()
                    ? number(operator.applyAsDouble(one.doubleValue(), other.doubleValue()))
                    : null;
        };
    }

    /** Dividing by 0 gives what is not finite either. */
    private static @Nullable JsonNode number(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : null;
    }

    private static Operand sum(Operand left, Operand right) {
        return scope -> {
            JsonNode one = left.value(scope);
            JsonNode other = right.behind(one, scope);
            if (one == null || other == null) {
                return null;
            }
            if (one.isNumber() && other.isNumber()) {
                return number(one.doubleValue() + other.doubleValue());
            }
            return one.isString() && other.isString()
                    ? joined(one.stringValue(), other.stringValue(), scope)
                    : null;
        };
    }

    private static @Nullable JsonNode joined(String left, String right, Scope scope) {
        int length = left.length() + right.length();
        if (length > FilterLimits.TEXT_LENGTH_MAX) {
            return null;
        }
        Values.payRun(length, scope);
        return StringNode.valueOf(left + right);
    }

    private static Operand size(Operand of) {
        return scope -> {
            JsonNode value = of.value(scope);
            if (value != null && value.isContainer()) {
                return DoubleNode.valueOf(value.size());
            }
            return value != null && value.isString()
                    ? DoubleNode.valueOf(Values.length(value.stringValue(), scope))
                    : null;
        };
    }

    private static Operand truth(Condition condition) {
        return scope -> switch (condition.test(scope)) {
            case TRUE -> BooleanNode.TRUE;
            case FALSE -> BooleanNode.FALSE;
            case ERROR -> null;
        };
    }
}
