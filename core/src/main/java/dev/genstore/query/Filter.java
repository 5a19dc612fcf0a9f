package dev.genstore.query;

import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on resources. Two are equal when they trivially mean the same: the order of what is
 * joined, {@code 1} or {@code 1.0}, the side of a constant and the names of variables do not matter.
 *
 * <p>Immutable.
 */
public final class Filter {
    /** Holds of every resource. */
    public static final Filter ALL = new Filter(new Term.And(List.of()));

    /** Holds of none. */
    public static final Filter NONE = new Filter(new Term.Or(List.of()));

    private final Term term;
    private final Condition condition;

    /** In the one form, in which nothing is joined by {@code &&} inside what is. */
    private Filter(Term canonical) {
        this.term = canonical;
        this.condition = Conditions.of(canonical);
    }

    /** The condition that this term says. */
    public static Filter of(Term term) {
        return new Filter(Canonical.condition(term));
    }

    /** The condition that both hold. */
    public Filter and(Filter other) {
        return of(new Term.And(List.of(term, other.term)));
    }

    /** What it says, for those who translate it. */
    public Term term() {
        return term;
    }

    /** Whether it holds of every resource. */
    public boolean isAll() {
        return conjuncts().isEmpty();
    }

    /** Whether it plainly holds of none; that it does not may not be known. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether it plainly holds of none of a collection. */
    public boolean isNoneIn(String collection) {
        return isNone() || conjuncts().stream().anyMatch(term -> isNoneIn(term, collection));
    }

    private static boolean isNoneIn(Term term, String collection) {
        return term instanceof Term.ByCollection(Map<String, Term> conditions)
                && !conditions.containsKey(collection);
    }

    /** The terms of which all must hold. */
    public List<Term> conjuncts() {
        return term instanceof Term.And(List<Term> terms) ? terms : List.of(term);
    }

    /** The members that must have one of some values each for it to hold. */
    public List<Equality> equalities() {
        return conjuncts().stream().flatMap(term -> equality(term).stream()).toList();
    }

    private static Optional<Equality> equality(Term term) {
        return switch (term) {
            case Term.Comparison(
                    Term.Relation relation,
                    Term.Member(List<String> path),
                    Term.Constant(JsonNode value))
            when relation == Term.Relation.EQUAL && value.isValueNode() ->
                Optional.of(new Equality(path, List.of(value)));
            case Term.Member(List<String> path) -> bool(path, true);
            case Term.Not(Term.Member(List<String> path)) -> bool(path, false);
            case Term.Or(List<Term> terms) -> anyOf(terms);
            case Term.Constant _,
                    Term.Variable _,
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
                    Term.Not _,
                    Term.Loop _,
                    Term.ByCollection _ -> Optional.empty();
        };
    }

    private static Optional<Equality> bool(List<String> path, boolean value) {
        return Optional.of(new Equality(path, List.of(BooleanNode.valueOf(value))));
    }

    /** One member that has one of several values, if that is what they say. */
    private static Optional<Equality> anyOf(List<Term> terms) {
        List<Equality> each =
                terms.stream().flatMap(term -> equality(term).stream()).toList();
        boolean isOne = each.size() == terms.size()
                && each.stream().map(Equality::path).distinct().count() == 1;
        return isOne
                ? Optional.of(new Equality(
                        each.getFirst().path(),
                        each.stream().flatMap(one -> one.values().stream()).toList()))
                : Optional.empty();
    }

    /** Whether it holds of this resource; an error does not. */
    public boolean matches(Document document) {
        return truth(Scope.of(document)) == Truth.TRUE;
    }

    public boolean matches(Resource resource) {
        return isAll() || matches(new Document(resource));
    }

    /**
     * The same, asked by whom it may take too long.
     *
     * @param pause runs now and then in the middle of what costs much; what it throws ends it
     */
    public boolean matches(Resource resource, Runnable pause) {
        return isAll() || truth(Scope.of(new Document(resource), pause)) == Truth.TRUE;
    }

    /** What it comes to; a resource that costs too many steps is an error. */
    Truth truth(Scope scope) {
        try {
            return condition.test(scope);
        } catch (Scope.OutOfSteps tooMany) {
            return Truth.ERROR;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter filter && term.equals(filter.term);
    }

    @Override
    public int hashCode() {
        return term.hashCode();
    }

    @Override
    public String toString() {
        return term.toString();
    }
}
