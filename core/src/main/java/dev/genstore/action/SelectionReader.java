package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.FilterCompiler;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads from a URL's query what it selects: {@code filter}, {@code fields}, and every parameter that
 * is no other's as an equality ({@code status=open}). A URL has no types, so a value that reads like a
 * number, a boolean or null means that as well as the text.
 *
 * <p>Thread-safe: immutable.
 */
public final class SelectionReader {
    /** What is no equality, wherever something is asked. */
    private static final Set<String> OTHERS = Set.of(
            "filter", "fields", "sort", "limit", "cursor", "since", "data", "at", "at-least");

    private static final Pattern NOT_TEXT =
            Pattern.compile("null|true|false|-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,15})?");
    private static final Pattern MEMBER = Pattern.compile("[^.,]+(\\.[^.,]+)*");

    private final FilterCompiler compiler;

    public SelectionReader(FilterCompiler compiler) {
        this.compiler = compiler;
    }

    /** Whether a parameter names a member, of which the value is wanted. */
    static boolean isMember(String parameter) {
        return !OTHERS.contains(parameter);
    }

    /** Whether a parameter says what is selected. */
    public static boolean takes(String parameter) {
        return parameter.equals("filter")
                || parameter.equals("fields")
                || !OTHERS.contains(parameter);
    }

    /**
     * What a query selects of a target. The order of its parameters does not matter.
     *
     * @throws dev.genstore.resource.Problem 400 when it can't be had
     */
    public Selection read(Query query, Target target) {
        Filter filter = query.value("filter").map(compiler::compile).orElse(Filter.ALL);
        for (String name : new TreeSet<>(query.names())) {
            if (isMember(name)) {
                filter = filter.and(equality(name, query.value(name).orElseThrow()));
            }
        }
        return new Selection(
                target,
                filter,
                query.value("fields").map(SelectionReader::fields).orElse(Fields.ALL));
    }

    /**
     * The condition that a member has this value, which has a type.
     *
     * @throws dev.genstore.resource.Problem 400 when the name is none of a member
     */
    static Filter equality(String name, JsonNode value) {
        return Filter.of(equal(new Term.Member(path(name)), value));
    }

    private static Filter equality(String name, String value) {
        var member = new Term.Member(path(name));
        List<Term> readings = new ArrayList<>();
        readings.add(equal(member, StringNode.valueOf(value)));
        if (NOT_TEXT.matcher(value).matches()) {
            readings.add(equal(member, scalar(value)));
        }
        return Filter.of(readings.size() == 1 ? readings.getFirst() : new Term.Or(readings));
    }

    private static Term equal(Term.Member member, JsonNode value) {
        return new Term.Comparison(Term.Relation.EQUAL, member, new Term.Constant(value));
    }

    private static JsonNode scalar(String text) {
        return Json.trusted(text.getBytes(StandardCharsets.US_ASCII)).tree();
    }

    private static List<String> path(String name) {
        if (!MEMBER.matcher(name).matches()) {
            throw ProblemType.INVALID_PARAMETER.because("'" + name
                    + "' names no member; a member of an object in it is 'author.name'.");
        }
        return List.of(name.split("\\."));
    }

    private static Fields fields(String value) {
        List<String> names = List.of(value.split(",", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "'fields' is a list of members, like title,status.");
        }
        return Fields.of(Set.copyOf(names));
    }
}
