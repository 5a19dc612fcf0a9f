package dev.genstore.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives terms that trivially mean the same one form, so that those who watch by them share a watch:
 * numbers are doubles; constants stand on the right; what is joined by {@code &&} or {@code ||} has one
 * order, the cheapest first, and nothing twice; a negation stands as far inside as it can; being in a
 * list of constants is being equal to one of them.
 *
 * <p>No change makes an error of what was none, or the reverse.
 */
final class Canonical {
    private static final Comparator<Term> ORDER =
            Comparator.comparingInt(Canonical::cost).thenComparing(Term::toString);

    private Canonical() {}

    /** The one form of a term that is a whole condition, and never a value in another. */
    static Term condition(Term term) {
        Term canonical = of(term);
        return canonical instanceof Term.And(List<Term> terms) && terms.size() == 1
                ? terms.getFirst()
                : canonical;
    }

    static Term of(Term term) {
        return switch (term) {
            case Term.Constant(JsonNode value) -> new Term.Constant(Values.canonical(value));
            case Term.Member _, Term.Variable _ -> term;
            case Term.Element(Term of, Term place) -> element(of(of), of(place));
            case Term.Comparison(Term.Relation relation, Term left, Term right) ->
                comparison(relation, of(left), of(right));
            case Term.In(Term value, Term container) -> in(of(value), of(container));
            case Term.And(List<Term> terms) -> and(terms);
            case Term.Or(List<Term> terms) -> or(terms);
            case Term.Not(Term inner) -> not(of(inner));
            case Term.ListOf _,
                    Term.Conditional _,
                    Term.Arithmetic _,
                    Term.Size _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.Loop _ -> Parts.map(term, Canonical::of);
            case Term.ByCollection _ -> Parts.map(term, Canonical::condition);
        };
    }

    private static Stream<Term> each(List<Term> terms) {
        return terms.stream().map(Canonical::of);
    }

    /** A text that is known leads from a member to a member of it. */
    private static Term element(Term of, Term place) {
        boolean isPath = of instanceof Term.Member
                && place instanceof Term.Constant(JsonNode name)
                && name.isString();
        if (!isPath) {
            return new Term.Element(of, place);
        }
        List<String> path = ((Term.Member) of).path();
        String name = ((Term.Constant) place).value().stringValue();
        return new Term.Member(Stream.concat(path.stream(), Stream.of(name)).toList());
    }

    private static Term comparison(Term.Relation relation, Term left, Term right) {
        boolean turned = isConstant(left) == isConstant(right)
                ? left.toString().compareTo(right.toString()) > 0
                : isConstant(left);
        return turned
                ? new Term.Comparison(relation.reversed(), right, left)
                : new Term.Comparison(relation, left, right);
    }

    /** A member can be named as often as needed: it costs little and is no error. */
    private static Term in(Term value, Term container) {
        if (value instanceof Term.Member
                && container instanceof Term.Constant(JsonNode constant)
                && constant instanceof ArrayNode list) {
            List<Term> equalities = list.valueStream()
                    .<Term>map(element ->
                            comparison(Term.Relation.EQUAL, value, new Term.Constant(element)))
                    .toList();
            return or(equalities);
        }
        return new Term.In(value, container);
    }

    private static Term and(List<Term> terms) {
        List<Term> joined = each(terms)
                .flatMap(term -> term instanceof Term.And(List<Term> inner)
                        ? inner.stream()
                        : Stream.of(term))
                .distinct()
                .sorted(ORDER)
                .toList();
        return isOneCondition(joined) ? joined.getFirst() : new Term.And(joined);
    }

    private static Term or(List<Term> terms) {
        List<Term> joined = each(terms)
                .flatMap(term -> term instanceof Term.Or(List<Term> inner)
                        ? inner.stream()
                        : Stream.of(term))
                .distinct()
                .sorted(ORDER)
                .toList();
        return isOneCondition(joined) ? joined.getFirst() : new Term.Or(joined);
    }

    /** What may be a number is an error in a condition, but not as a value. */
    private static boolean isOneCondition(List<Term> joined) {
        return joined.size() == 1 && Kind.of(joined.getFirst()) == Kind.BOOLEAN;
    }

    /** The opposite of a comparison is an error where the comparison is. */
    private static Term not(Term term) {
        return switch (term) {
            case Term.Comparison(Term.Relation relation, Term left, Term right) ->
                comparison(relation.opposite(), left, right);
            case Term.Not(Term inner) when Kind.of(inner) == Kind.BOOLEAN -> inner;
            default -> new Term.Not(term);
        };
    }

    private static boolean isConstant(Term term) {
        return term instanceof Term.Constant;
    }

    private static int cost(Term term) {
        return term instanceof Term.Loop || term instanceof Term.Matches
                ? Integer.MAX_VALUE
                : parts(term);
    }

    /** How many terms there are in one, itself included. */
    static int parts(Term term) {
        return 1 + Parts.of(term).mapToInt(Canonical::parts).sum();
    }
}
