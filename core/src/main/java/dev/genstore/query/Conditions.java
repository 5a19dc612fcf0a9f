package dev.genstore.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes terms ready to be tested: each becomes a closure over those of its parts, so that a test
 * looks at no term again.
 */
final class Conditions {
    private Conditions() {}

    static Condition of(Term term) {
        return switch (term) {
            case Term.And(List<Term> terms) -> all(each(terms), Truth.TRUE);
            case Term.Or(List<Term> terms) -> all(each(terms), Truth.FALSE);
            case Term.Not(Term inner) -> not(of(inner));
            case Term.Comparison comparison -> Comparisons.of(comparison);
            case Term.In(Term value, Term container) ->
                in(Operands.of(value), Operands.of(container));
            case Term.Has(Term place) -> has(place);
            case Term.TextTest(Term.Test test, Term text, Term part) ->
                text(test, Operands.of(text), Operands.of(part));
            case Term.Matches(Term text, TextPattern pattern) ->
                matches(Operands.of(text), pattern);
            case Term.Loop loop -> Loops.of(loop);
            case Term.Conditional conditional -> conditional(conditional);
            case Term.ByCollection(Map<String, Term> conditions) -> byCollection(conditions);
            case Term.Constant _,
                    Term.Member _,
                    Term.Variable _,
                    Term.Element _,
                    Term.ListOf _,
                    Term.Arithmetic _,
                    Term.Size _ -> truth(Operands.of(term));
        };
    }

    private static Condition byCollection(Map<String, Term> terms) {
        Map<String, Condition> conditions = new HashMap<>();
        terms.forEach((name, term) -> conditions.put(name, of(term)));
        return scope -> {
            Condition condition = conditions.get(scope.document().resource().collection());
            return condition == null ? Truth.FALSE : condition.test(scope);
        };
    }

    private static Condition[] each(List<Term> terms) {
        return terms.stream().map(Conditions::of).toArray(Condition[]::new);
    }

    /** Whether all are {@code sought}; one that is the opposite decides, whatever errors there are. */
    private static Condition all(Condition[] conditions, Truth sought) {
        return scope -> {
            Truth result = sought;
            for (Condition condition : conditions) {
                Truth truth = condition.test(scope);
                if (truth == Truth.ERROR) {
                    result = truth;
                } else if (truth != sought) {
                    return truth;
                }
            }
            return result;
        };
    }

    private static Condition not(Condition condition) {
        return scope -> condition.test(scope).not();
    }

    private static Condition conditional(Term.Conditional conditional) {
        Condition condition = of(conditional.condition());
        Condition then = of(conditional.then());
        Condition otherwise = of(conditional.otherwise());
        return scope -> switch (condition.test(scope)) {
            case TRUE -> then.test(scope);
            case FALSE -> otherwise.test(scope);
            case ERROR -> Truth.ERROR;
        };
    }

    private static Condition truth(Operand operand) {
        return scope -> {
            JsonNode value = operand.value(scope);
            return value != null && value.isBoolean()
                    ? Truth.of(value.booleanValue())
                    : Truth.ERROR;
        };
    }

    private static Condition has(Term place) {
        return switch (place) {
            case Term.Member(List<String> path) ->
                scope -> Truth.of(scope.document().find(path) != null);
            case Term.Element(Term of, Term name) -> has(Operands.of(of), Operands.of(name));
            default -> throw new IllegalArgumentException("no place: " + place);
        };
    }

    private static Condition has(Operand of, Operand name) {
        return scope -> {
            JsonNode container = of.value(scope);
            JsonNode at = name.behind(container, scope);
            return container == null || at == null
                    ? Truth.ERROR
                    : Truth.of(Values.element(container, at) != null);
        };
    }

    private static Condition in(Operand value, Operand container) {
        return scope -> {
            JsonNode sought = value.value(scope);
            JsonNode of = container.behind(sought, scope);
            if (sought == null || of == null) {
                return Truth.ERROR;
            }
            return switch (of) {
                case ArrayNode list -> Truth.of(isIn(sought, list, scope));
                case ObjectNode object ->
                    Truth.of(sought.isString() && object.has(sought.stringValue()));
                default -> Truth.ERROR;
            };
        };
    }

    private static boolean isIn(JsonNode sought, ArrayNode list, Scope scope) {
        Values.payElements(list, scope);
        for (JsonNode element : list) {
            if (Values.same(sought, element, scope)) {
                return true;
            }
        }
        return false;
    }

    private static Condition text(Term.Test test, Operand text, Operand part) {
        return scope -> {
            JsonNode whole = text.value(scope);
            JsonNode sought = part.behind(whole, scope);
            return whole != null && sought != null && whole.isString() && sought.isString()
                    ? Truth.of(holds(test, whole.stringValue(), sought.stringValue(), scope))
                    : Truth.ERROR;
        };
    }

    private static boolean holds(Term.Test test, String text, String part, Scope scope) {
        Values.payRun(part.length(), scope);
        return switch (test) {
            case STARTS_WITH -> text.startsWith(part);
            case ENDS_WITH -> text.endsWith(part);
            case CONTAINS -> Values.contains(text, part, scope);
        };
    }

    private static Condition matches(Operand text, TextPattern pattern) {
        return scope -> {
            JsonNode value = text.value(scope);
            if (value == null || !value.isString()) {
                return Truth.ERROR;
            }
            scope.spend(pattern.steps(value.stringValue()));
            return Truth.of(pattern.isIn(value.stringValue()));
        };
    }
}
