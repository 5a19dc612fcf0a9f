package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Json;
import dev.genstore.resource.Target;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Filters for tests: written out, or any. */
final class Conditions {
    private static final List<Term.Member> MEMBERS =
            List.of(Term.Member.of("a"), Term.Member.of("b"), Term.Member.of("o", "c"));
    private static final List<String> VALUES =
            List.of("null", "true", "0", "1", "1.0", "2", "\"\"", "\"1\"", "\"\u00fc\"");
    private static final List<String> STATES =
            List.of("null", "false", "-0.0", "1", "1e0", "2.5", "\"1\"", "\"\u00fc\"", "[1]", "{}");

    private Conditions() {}

    /** That a member has a value, which is written as JSON. */
    static Term is(String member, String json) {
        return new Term.Comparison(
                Term.Relation.EQUAL, Term.Member.of(member), new Term.Constant(value(json)));
    }

    static Term above(String member, String json) {
        return new Term.Comparison(
                Term.Relation.GREATER, Term.Member.of(member), new Term.Constant(value(json)));
    }

    /** That all of these hold. */
    static Filter all(Term... terms) {
        return Filter.of(terms.length == 1 ? terms[0] : new Term.And(List.of(terms)));
    }

    static Watch watch(String collection, DataMode data, Term... terms) {
        var selection = new Selection(new Target.InCollection(collection), all(terms), Fields.ALL);
        return new Watch(selection, data);
    }

    /** What a filter lets through. */
    static Selection selection(Target target, Filter filter) {
        return new Selection(target, filter, Fields.ALL);
    }

    /** Any filter over a few members. */
    static Filter any(Random random) {
        return Filter.of(term(random, 2));
    }

    private static Term term(Random random, int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0, 1, 2 -> new Term.And(terms(random, depth));
            case 3, 4 -> new Term.Or(terms(random, depth));
            case 5 -> new Term.Not(term(random, depth - 1));
            default -> comparison(random);
        };
    }

    private static List<Term> terms(Random random, int depth) {
        return Stream.generate(() -> term(random, depth - 1))
                .limit(random.nextInt(1, 4))
                .toList();
    }

    private static Term comparison(Random random) {
        Term.Relation relation = random.nextInt(3) > 0
                ? Term.Relation.EQUAL
                : pick(random, List.of(Term.Relation.values()));
        return new Term.Comparison(
                relation, pick(random, MEMBERS), new Term.Constant(value(pick(random, VALUES))));
    }

    /** The members of a resource that some of them hold of. */
    static String state(Random random) {
        return "{\"a\":" + pick(random, STATES) + (random.nextBoolean() ? "" : ",\"b\":1")
                + (random.nextBoolean() ? "" : ",\"o\":{\"c\":" + pick(random, STATES) + "}")
                + ",\"x\":" + random.nextInt(1_000_000) + "}";
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    static JsonNode value(String json) {
        byte[] bytes = ("{\"v\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return Json.trusted(bytes).tree().get("v");
    }
}
