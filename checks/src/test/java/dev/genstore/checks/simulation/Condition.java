package dev.genstore.checks.simulation;

import dev.genstore.query.Filter;
import dev.genstore.query.Term;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;
import java.util.function.Predicate;

/**
 * A filter, and once more what it means, so that the model does not share the server's faults.
 *
 * @param filter for the server
 * @param holds for the model, of a resource as a client sees it
 */
record Condition(Filter filter, Predicate<JsonNode> holds) {
    static final Condition NONE = new Condition(Filter.ALL, tree -> true);

    private static final Term A_IS_ONE = is(IntNode.valueOf(1), "a");
    private static final Term A_IS_NULL = is(NullNode.getInstance(), "a");
    private static final Term T_IS_EMPTY = is(StringNode.valueOf(""), "t");

    /** Some that members of {@link Bodies} fulfil. */
    static final List<Condition> SOME = List.of(
            of(A_IS_ONE, tree -> isOne(tree.path("a"))),
            of(A_IS_NULL, Condition::hasNoA),
            of(is(IntNode.valueOf(1), "a", "b"), tree -> isOne(tree.path("a").path("b"))),
            of(T_IS_EMPTY, Condition::hasEmptyT),
            of(above(10), tree -> tree.path("n").asInt() > 10),
            of(new Term.Not(A_IS_ONE), tree -> !isOne(tree.path("a"))),
            of(
                    new Term.Or(List.of(A_IS_ONE, A_IS_NULL)),
                    tree -> isOne(tree.path("a")) || hasNoA(tree)),
            of(
                    new Term.And(List.of(T_IS_EMPTY, above(5))),
                    tree -> hasEmptyT(tree) && tree.path("n").asInt() > 5));

    private static Condition of(Term term, Predicate<JsonNode> holds) {
        return new Condition(Filter.of(term), holds);
    }

    private static Term is(JsonNode value, String... path) {
        return new Term.Comparison(
                Term.Relation.EQUAL, Term.Member.of(path), new Term.Constant(value));
    }

    private static Term above(int value) {
        return new Term.Comparison(
                Term.Relation.GREATER,
                Term.Member.of("n"),
                new Term.Constant(IntNode.valueOf(value)));
    }

    private static boolean isOne(JsonNode value) {
        return value.isNumber() && value.asInt() == 1;
    }

    private static boolean hasNoA(JsonNode tree) {
        return !tree.has("a") || tree.path("a").isNull();
    }

    private static boolean hasEmptyT(JsonNode tree) {
        return tree.path("t").isString() && tree.path("t").asString().isEmpty();
    }
}
