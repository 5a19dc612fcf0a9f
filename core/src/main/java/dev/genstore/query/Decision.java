package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.List;

/**
 * Decides what a rule says of who asks: puts his values where the rule names them, and whatever can
 * be worked out without a resource is. What is left is a condition on resources alone.
 *
 * <p>What is not known of him is an error, unlike what a resource does not have: otherwise one who has
 * no {@code sub} would own all that has no owner.
 *
 * <p>Confined to one thread.
 *
 * @param auth the values of who asks
 * @param isOnResource whether what is left is on the resource itself, whose members then stand
 *     without its name in front
 */
record Decision(JsonNode auth, boolean isOnResource) {
    /** The one form of what is always an error. */
    private static final Term ERROR =
            new Term.Arithmetic(Term.Operation.DIVIDE, number(0), number(0));

    private static Term number(double value) {
        return new Term.Constant(DoubleNode.valueOf(value));
    }

    /** What is left; a condition that could only be an error lets nothing through. */
    Filter filter(Term rule) {
        Term left = bind(rule);
        List<Term> conjuncts = left instanceof Term.And(List<Term> terms) ? terms : List.of(left);
        List<Term> open = conjuncts.stream()
                .filter(term -> !isTrue(term))
                .map(Decision::withoutErrors)
                .toList();
        return open.stream().anyMatch(Decision::isClosed)
                ? Filter.NONE
                : Filter.of(new Term.And(open));
    }

    /** The same with its errors, for who wants to know whether there is one. */
    Filter whole(Term rule) {
        return Filter.of(bind(rule));
    }

    /** An error never makes a whole condition hold; what is joined with nothing stands by itself. */
    private static Term withoutErrors(Term conjunct) {
        if (!(conjunct instanceof Term.Or(List<Term> terms))) {
            return conjunct;
        }
        List<Term> left = terms.stream().filter(term -> !term.equals(ERROR)).toList();
        return left.size() == 1 ? left.getFirst() : new Term.Or(left);
    }

    private Term bind(Term term) {
        return switch (term) {
            case Term.Member(List<String> path) -> member(path);
            case Term.Has(Term place) -> settled(has(place));
            default -> known(term, settled(shortened(Parts.map(term, this::bind))));
        };
    }

    /** An element that he does not have is no null, either. */
    private static Term known(Term term, Term bound) {
        boolean isNull = bound instanceof Term.Constant(JsonNode value) && value.isNull();
        return isNull && isOfAuth(term) ? ERROR : bound;
    }

    private static boolean isOfAuth(Term term) {
        return switch (term) {
            case Term.Member(List<String> path) -> path.getFirst().equals(Rule.AUTH);
            case Term.Element(Term of, Term _) -> isOfAuth(of);
            default -> false;
        };
    }

    private Term member(List<String> path) {
        List<String> rest = path.subList(1, path.size());
        if (path.getFirst().equals(Rule.AUTH)) {
            JsonNode value = find(rest);
            return value == null
                    ? ERROR
                    : new Term.Constant(Values.canonical(Nulls.leftOut(value)));
        }
        return isOnResource && path.getFirst().equals(Rule.RESOURCE)
                ? new Term.Member(rest)
                : new Term.Member(path);
    }

    /** A claim that is null says no more than one that is missing. */
    private @Nullable JsonNode find(List<String> path) {
        JsonNode found = auth;
        for (int i = 0; i < path.size() && found != null; i++) {
            found = found.get(path.get(i));
        }
        return found == null || found.isNull() ? null : found;
    }

    private Term has(Term place) {
        return switch (place) {
            case Term.Member(List<String> path)
            when path.getFirst().equals(Rule.AUTH) ->
                constant(find(path.subList(1, path.size())) != null);
            case Term.Element(Term of, Term at) ->
                new Term.Has(new Term.Element(bind(of), bind(at)));
            default -> new Term.Has(bind(place));
        };
    }

    /** What decides does, what says nothing is left out, and what needs an error is one. */
    private static Term shortened(Term term) {
        return switch (term) {
            case Term.And(List<Term> terms) -> joined(terms, true);
            case Term.Or(List<Term> terms) -> joined(terms, false);
            case Term.Conditional(Term condition, Term then, Term otherwise) ->
                condition.equals(ERROR)
                        ? ERROR
                        : isTrue(condition) ? then : isFalse(condition) ? otherwise : term;
            case Term.Loop(Term.Quantifier _, int _, Term of, Term _) ->
                of.equals(ERROR) ? ERROR : term;
            case Term.Constant _,
                    Term.Member _,
                    Term.Variable _,
                    Term.Element _,
                    Term.ListOf _,
                    Term.Arithmetic _,
                    Term.Size _,
                    Term.Comparison _,
                    Term.In _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.Not _,
                    Term.ByCollection _ -> Parts.of(term).anyMatch(ERROR::equals) ? ERROR : term;
        };
    }

    private static Term joined(List<Term> terms, boolean isAnd) {
        if (terms.stream().anyMatch(term -> isAnd ? isFalse(term) : isTrue(term))) {
            return constant(!isAnd);
        }
        List<Term> open = terms.stream()
                .filter(term -> isAnd ? !isTrue(term) : !isFalse(term))
                .toList();
        if (open.isEmpty()) {
            return constant(isAnd);
        }
        return isAnd ? new Term.And(open) : new Term.Or(open);
    }

    /** Its value, if it has one that no resource can change. */
    private static Term settled(Term term) {
        if (term instanceof Term.Constant || !isClosed(term)) {
            return term;
        }
        JsonNode value = value(term);
        return value == null ? ERROR : new Term.Constant(Values.canonical(value));
    }

    private static @Nullable JsonNode value(Term closed) {
        Document nothing = Document.of(JsonNodeFactory.instance.objectNode(), 0);
        try {
            return Operands.of(closed).value(Scope.of(nothing));
        } catch (Scope.OutOfSteps tooMany) {
            return null;
        }
    }

    private static Term constant(boolean value) {
        return new Term.Constant(BooleanNode.valueOf(value));
    }

    private static boolean isTrue(Term term) {
        return term instanceof Term.Constant(JsonNode value) && value.equals(BooleanNode.TRUE);
    }

    private static boolean isFalse(Term term) {
        return term instanceof Term.Constant(JsonNode value) && value.equals(BooleanNode.FALSE);
    }

    private static boolean isClosed(Term term) {
        return isClosed(term, 0);
    }

    /**
     * Whether its value depends on nothing outside of it.
     *
     * @param bound the levels of the loops that stand around, as bits
     */
    private static boolean isClosed(Term term, int bound) {
        return switch (term) {
            case Term.Member _, Term.ByCollection _ -> false;
            case Term.Variable(int level) -> (bound & 1 << level) != 0;
            case Term.Loop(Term.Quantifier _, int level, Term of, Term condition) ->
                isClosed(of, bound) && isClosed(condition, bound | 1 << level);
            case Term.Constant _,
                    Term.Element _,
                    Term.ListOf _,
                    Term.Conditional _,
                    Term.Arithmetic _,
                    Term.Size _,
                    Term.Comparison _,
                    Term.In _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.And _,
                    Term.Or _,
                    Term.Not _ -> Parts.of(term).allMatch(part -> isClosed(part, bound));
        };
    }
}
