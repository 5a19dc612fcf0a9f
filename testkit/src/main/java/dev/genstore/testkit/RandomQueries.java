package dev.genstore.testkit;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Documents, conditions, orders and indexes by chance, of few names and of values that are alike, or
 * alike but for what is easily overlooked. Confined to one thread.
 */
public final class RandomQueries {
    private static final List<String> NAMES =
            List.of("a", "b", "size", "größe", "it's", "x y", "[0]", "🌍", "q\"q", "back\\slash");
    private static final List<String> SERVER_NAMES =
            List.of("id", "_revision", "_created", "_updated");

    /** Alike for longer than what counts of a text in an order. */
    private static final String LONG = "y".repeat(255);

    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "1",
            "1.0",
            "10e-1",
            "2",
            "0.1",
            "-3.5",
            "1e300",
            "5e-324",
            "9007199254740992",
            "9007199254740994.0",
            "6930898827444487000",
            "6930898827444487000.0",
            "69308988274444870000",
            "\"\"",
            "\"1\"",
            "\"true\"",
            "\"a\"",
            "\"a\\u0000\"",
            "\"a\\u0000b\"",
            "\"b\"",
            "\"ä\"",
            "\"\uFFFD\"",
            "\"🌍\"",
            "\"say \\\"a\\\" \\\\ \\n\"",
            "\"" + LONG + "\"",
            "\"" + LONG + "z\"",
            "\"" + LONG + "zz\"",
            "\"" + LONG + "za\"",
            "\"" + LONG + "🌍🌍\"",
            "\"" + LONG + "�a\"",
            "\"y\\u0000" + LONG + "z\"",
            "\"y\\u0000" + LONG + "a\"",
            "\"[1,2]\"",
            "\"2026-01-01T00:00:00.002Z\"",
            "\"2026-01-01T00:00:00\"");
    private static final List<String> CONTAINERS = List.of(
            "[]",
            "[1,2]",
            "[1.0,2]",
            "{}",
            "{\"a\":1}",
            "{\"a\":null,\"b\":\"x\"}",
            "[\"é\\n\",1e3]",
            "[\"" + LONG + "\",1]",
            "[\"" + LONG + "\",2]");

    private final Random random;

    public RandomQueries(Random random) {
        this.random = random;
    }

    /** The members of a resource. */
    public String document() {
        Set<String> names = new HashSet<>();
        IntStream.range(0, random.nextInt(5)).forEach(any -> names.add(pick(NAMES)));
        var json = new StringBuilder("{");
        for (String name : names) {
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\":")
                    .append(value());
        }
        return json.append('}').toString();
    }

    private String value() {
        return random.nextInt(6) == 0 ? pick(CONTAINERS) : pick(SCALARS);
    }

    /** A condition, which often says what an index can find. */
    public Filter filter() {
        return switch (random.nextInt(5)) {
            case 0 -> Filter.ALL;
            case 1 -> Filter.of(equality());
            case 2 -> Filter.of(equality()).and(Filter.of(term(2)));
            default -> Filter.of(term(3));
        };
    }

    private Term equality() {
        var member = new Term.Member(path());
        List<Term> terms = IntStream.rangeClosed(0, random.nextInt(3))
                .<Term>mapToObj(
                        any -> new Term.Comparison(Term.Relation.EQUAL, member, constant(SCALARS)))
                .toList();
        return terms.size() == 1 ? terms.getFirst() : new Term.Or(terms);
    }

    private Term term(int depth) {
        int kind = random.nextInt(depth > 0 ? 9 : 5);
        return switch (kind) {
            case 0 -> new Term.Member(path());
            case 1 -> new Term.Constant(tree(pick(List.of("true", "false", "1"))));
            case 5 -> new Term.Not(term(depth - 1));
            case 6 -> new Term.And(terms(depth - 1));
            case 7 -> new Term.Or(terms(depth - 1));
            case 8 -> equality();
            default -> comparison();
        };
    }

    private List<Term> terms(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(any -> term(depth))
                .toList();
    }

    private Term comparison() {
        var relation = pick(List.of(Term.Relation.values()));
        Term member = new Term.Member(path());
        Term other = random.nextInt(8) == 0
                ? new Term.Member(path())
                : constant(random.nextInt(8) == 0 ? CONTAINERS : SCALARS);
        return random.nextInt(4) == 0
                ? new Term.Comparison(relation, other, member)
                : new Term.Comparison(relation, member, other);
    }

    private Term.Constant constant(List<String> values) {
        return new Term.Constant(tree(pick(values)));
    }

    private static JsonNode tree(String json) {
        return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> path() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return List.of(pick(SERVER_NAMES));
        }
        return kind == 1 ? List.of(pick(NAMES), pick(NAMES)) : List.of(pick(NAMES.subList(0, 3)));
    }

    /** An order. */
    public Sort sort() {
        String text = keys(random.nextInt(4), true);
        if (text.isEmpty()) {
            return random.nextBoolean() ? Sort.BY_ID : Sort.parse("-id");
        }
        return parsed(text, Sort::parse).orElse(Sort.BY_ID);
    }

    /** Up to three indexes. */
    public Set<Index> indexes() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(any -> keys(1 + random.nextInt(2), false))
                .flatMap(text -> parsed(text, Index::parse).stream())
                .collect(Collectors.toSet());
    }

    /** Not every choice of names can be an order. */
    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (Problem unfit) {
            return Optional.empty();
        }
    }

    private String keys(int count, boolean directed) {
        boolean descending = random.nextBoolean();
        return IntStream.range(0, count)
                .mapToObj(any -> direction(directed, descending) + String.join(".", path()))
                .collect(Collectors.joining(","));
    }

    private String direction(boolean directed, boolean descending) {
        boolean odd = random.nextInt(5) == 0;
        return directed && descending != odd ? "-" : "";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
