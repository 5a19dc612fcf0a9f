package dev.genstore.cel;

import dev.cel.common.ast.CelExpr;
import dev.genstore.query.Kind;
import dev.genstore.query.Term;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;

import java.util.List;
import java.util.Set;

/** Translates calls of operators. Confined to the thread of its translation. */
final class Operators {
    private static final Set<Kind> ORDERED = Set.of(Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN);
    private static final Set<Kind> ADDED = Set.of(Kind.NUMBER, Kind.TEXT);

    private final Translation translation;

    Operators(Translation translation) {
        this.translation = translation;
    }

    /** The term of a call; null when it calls a function. */
    @Nullable Term term(CelExpr part) {
        return switch (part.call().function()) {
            case "_&&_" -> new Term.And(conditions(part, "&&"));
            case "_||_" -> new Term.Or(conditions(part, "||"));
            case "!_" -> new Term.Not(conditions(part, "!").getFirst());
            case "_==_" -> comparison(part, Term.Relation.EQUAL);
            case "_!=_" -> comparison(part, Term.Relation.NOT_EQUAL);
            case "_<_" -> order(part, "<", Term.Relation.LESS);
            case "_<=_" -> order(part, "<=", Term.Relation.LESS_OR_EQUAL);
            case "_>_" -> order(part, ">", Term.Relation.GREATER);
            case "_>=_" -> order(part, ">=", Term.Relation.GREATER_OR_EQUAL);
            case "_+_" -> sum(part);
            case "_-_" -> arithmetic(part, "-", Term.Operation.SUBTRACT);
            case "_*_" -> arithmetic(part, "*", Term.Operation.MULTIPLY);
            case "_/_" -> arithmetic(part, "/", Term.Operation.DIVIDE);
            case "_%_" -> arithmetic(part, "%", Term.Operation.REMAINDER);
            case "-_" -> negative(part);
            case "_?_:_" -> conditional(part);
            case "_[_]" -> element(part);
            case "@in" -> in(part);
            default -> null;
        };
    }

    private List<Term> conditions(CelExpr part, String sign) {
        return part.call().args().stream()
                .map(argument -> translation.ofKind(
                        Kind.BOOLEAN, argument, "'" + sign + "' takes what is true or false"))
                .toList();
    }

    private Term comparison(CelExpr part, Term.Relation relation) {
        return new Term.Comparison(relation, argument(part, 0), argument(part, 1));
    }

    private Term order(CelExpr part, String sign, Term.Relation relation) {
        Term left = argument(part, 0);
        Term right = argument(part, 1);
        String rule = "'" + sign + "' compares two numbers, two texts or two booleans";
        requireBoth(ORDERED, part, left, right, rule);
        return new Term.Comparison(relation, left, right);
    }

    private Term sum(CelExpr part) {
        Term left = argument(part, 0);
        Term right = argument(part, 1);
        requireBoth(ADDED, part, left, right, "'+' adds two numbers or joins two texts");
        return new Term.Arithmetic(Term.Operation.ADD, left, right);
    }

    /** Both can be of one kind among those that are allowed. */
    private void requireBoth(Set<Kind> allowed, CelExpr part, Term left, Term right, String rule) {
        Kind one = Kind.of(left);
        Kind other = Kind.of(right);
        boolean fits = allowed.stream().anyMatch(kind -> one.canBe(kind) && other.canBe(kind));
        if (!fits || !one.canBe(other)) {
            throw translation.problem(part, rule + ", not " + one + " and " + other + ".");
        }
    }

    private Term arithmetic(CelExpr part, String sign, Term.Operation operation) {
        List<Term> numbers = part.call().args().stream()
                .map(argument -> number(argument, sign))
                .toList();
        return new Term.Arithmetic(operation, numbers.getFirst(), numbers.getLast());
    }

    private Term number(CelExpr argument, String sign) {
        return translation.ofKind(Kind.NUMBER, argument, "'" + sign + "' takes numbers");
    }

    private Term negative(CelExpr part) {
        Term number = number(part.call().args().getFirst(), "-");
        return number instanceof Term.Constant(JsonNode value)
                ? new Term.Constant(DoubleNode.valueOf(-value.doubleValue()))
                : new Term.Arithmetic(
                        Term.Operation.SUBTRACT, new Term.Constant(DoubleNode.valueOf(0)), number);
    }

    private Term conditional(CelExpr part) {
        Term condition = translation.ofKind(
                Kind.BOOLEAN,
                part.call().args().getFirst(),
                "What stands before '?' is true or false");
        return new Term.Conditional(condition, argument(part, 1), argument(part, 2));
    }

    private Term element(CelExpr part) {
        Term place = argument(part, 1);
        Kind kind = Kind.of(place);
        if (!kind.canBe(Kind.NUMBER) && !kind.canBe(Kind.TEXT)) {
            throw translation.problem(
                    part, "Between '[' and ']' stands a number or a text, not " + kind + ".");
        }
        return translation.element(part.call().args().getFirst(), place);
    }

    private Term in(CelExpr part) {
        Term value = argument(part, 0);
        CelExpr container = part.call().args().get(1);
        if (translation.isOwner(container)) {
            return new Term.Has(translation.element(container, value));
        }
        Term of = translation.term(container);
        Kind kind = Kind.of(of);
        if (!kind.canBe(Kind.LIST) && !kind.canBe(Kind.OBJECT)) {
            throw translation.problem(
                    part, "'in' looks into a list or an object, not into " + kind + ".");
        }
        return new Term.In(value, of);
    }

    private Term argument(CelExpr part, int index) {
        return translation.term(part.call().args().get(index));
    }
}
