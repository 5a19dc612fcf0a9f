package dev.genstore.query;

import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A condition on resources. Two are equal when they say the same in the same words.
 *
 * <p>Immutable.
 */
public final class Filter {
    /** Holds of every resource. */
    public static final Filter ALL = new Filter(new Term.And(List.of()));

    private final Term term;

    private Filter(Term term) {
        this.term = term;
    }

    /** The condition that this term says. */
    public static Filter of(Term term) {
        return new Filter(term);
    }

    /** The condition that both hold. */
    public Filter and(Filter other) {
        var terms = new ArrayList<>(conjuncts());
        terms.addAll(other.conjuncts());
        return new Filter(terms.size() == 1 ? terms.getFirst() : new Term.And(terms));
    }

    /** What it says, for those who translate it. */
    public Term term() {
        return term;
    }

    /** Whether it holds of every resource. */
    public boolean isAll() {
        return conjuncts().isEmpty();
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
                    Term.Member member,
                    Term.Constant(JsonNode value))
            when relation == Term.Relation.EQUAL && value.isValueNode() ->
                Optional.of(new Equality(member.path(), List.of(value)));
            case Term.Or(List<Term> terms) -> anyOf(terms);
            default -> Optional.empty();
        };
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

    /** Whether it holds of this resource. */
    public boolean matches(Document document) {
        return Evaluation.isTrue(term, document);
    }

    public boolean matches(Resource resource) {
        return isAll() || matches(new Document(resource));
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
