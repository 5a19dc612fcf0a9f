package dev.genstore.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What terms are made of. */
final class Parts {
    private Parts() {}

    /** The terms that stand directly in one. */
    static Stream<Term> of(Term term) {
        return switch (term) {
            case Term.Constant _, Term.Member _, Term.Variable _ -> Stream.of();
            case Term.Element(Term of, Term place) -> Stream.of(of, place);
            case Term.ListOf(List<Term> elements) -> elements.stream();
            case Term.Conditional(Term condition, Term then, Term otherwise) ->
                Stream.of(condition, then, otherwise);
            case Term.Arithmetic(Term.Operation _, Term left, Term right) -> Stream.of(left, right);
            case Term.Size(Term of) -> Stream.of(of);
            case Term.Comparison(Term.Relation _, Term left, Term right) -> Stream.of(left, right);
            case Term.In(Term value, Term container) -> Stream.of(value, container);
            case Term.TextTest(Term.Test _, Term text, Term part) -> Stream.of(text, part);
            case Term.Matches(Term text, TextPattern _) -> Stream.of(text);
            case Term.Has(Term place) -> Stream.of(place);
            case Term.And(List<Term> terms) -> terms.stream();
            case Term.Or(List<Term> terms) -> terms.stream();
            case Term.Not(Term inner) -> Stream.of(inner);
            case Term.Loop(Term.Quantifier _, int _, Term of, Term condition) ->
                Stream.of(of, condition);
            case Term.ByCollection(Map<String, Term> conditions) -> conditions.values().stream();
        };
    }

    /** The same term with other parts. */
    static Term map(Term term, UnaryOperator<Term> each) {
        return switch (term) {
            case Term.Constant _, Term.Member _, Term.Variable _ -> term;
            case Term.Element(Term of, Term place) ->
                new Term.Element(each.apply(of), each.apply(place));
            case Term.ListOf(List<Term> elements) -> new Term.ListOf(map(elements, each));
            case Term.Conditional(Term condition, Term then, Term otherwise) ->
                new Term.Conditional(
                        each.apply(condition), each.apply(then), each.apply(otherwise));
            case Term.Arithmetic(Term.Operation operation, Term left, Term right) ->
                new Term.Arithmetic(operation, each.apply(left), each.apply(right));
            case Term.Size(Term of) -> new Term.Size(each.apply(of));
            case Term.Comparison(Term.Relation relation, Term left, Term right) ->
                new Term.Comparison(relation, each.apply(left), each.apply(right));
            case Term.In(Term value, Term container) ->
                new Term.In(each.apply(value), each.apply(container));
            case Term.TextTest(Term.Test test, Term text, Term part) ->
                new Term.TextTest(test, each.apply(text), each.apply(part));
            case Term.Matches(Term text, TextPattern pattern) ->
                new Term.Matches(each.apply(text), pattern);
            case Term.Has(Term place) -> new Term.Has(each.apply(place));
            case Term.And(List<Term> terms) -> new Term.And(map(terms, each));
            case Term.Or(List<Term> terms) -> new Term.Or(map(terms, each));
            case Term.Not(Term inner) -> new Term.Not(each.apply(inner));
            case Term.Loop(Term.Quantifier quantifier, int level, Term of, Term condition) ->
                new Term.Loop(quantifier, level, each.apply(of), each.apply(condition));
            case Term.ByCollection(Map<String, Term> conditions) -> {
                var mapped = new TreeMap<String, Term>();
                conditions.forEach((name, condition) -> mapped.put(name, each.apply(condition)));
                yield new Term.ByCollection(mapped);
            }
        };
    }

    private static List<Term> map(List<Term> terms, UnaryOperator<Term> each) {
        return terms.stream().map(each).toList();
    }
}
