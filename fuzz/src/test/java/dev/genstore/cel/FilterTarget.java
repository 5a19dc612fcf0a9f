package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Authority;
import dev.genstore.query.Document;
import dev.genstore.query.Equality;
import dev.genstore.query.Filter;
import dev.genstore.query.FilterLimits;
import dev.genstore.query.Judgement;
import dev.genstore.query.Rule;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.testkit.InventedFilters;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A filter is compiled or refused with a place. What compiles comes of any document to what a slow
 * reading of the same expression does, and costs no more than that. The same text as a rule lets
 * somebody see what a reading that knows him does, though most of it is worked out before.
 */
public final class FilterTarget {
    private static final List<Resource> RESOURCES = Stream.of(
                    "{}",
                    "{\"a\":1,\"b\":\"two\",\"c\":true,\"d\":null,\"e\":[1,\"x\",[2]],\"f\":{\"g\":[]}}",
                    "{\"status\":\"open\",\"size\":1e300,\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"owner\":{\"name\":\"é😀\"}}")
            .map(FilterTarget::resource)
            .toList();
    private static final JsonNode AUTH =
            Json.trusted("""
                    {"id":"i#ann","kind":"token","scopes":["admin","a"],"sub":"ann","level":3,
                     "nothing":null,"boss":true,"teams":["a",1],"none":[],
                     "of":{"a":"b","c":{"d":1},"n":null}}
                    """.getBytes(StandardCharsets.UTF_8)).tree();

    private FilterTarget() {}

    private static Resource resource(String json) {
        return new Resource(
                "notes", "7", 3, 1_000, 2_000, Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tries this expression. */
    public static void check(byte[] input) {
        String expression = new String(input, StandardCharsets.UTF_8);
        List<Resource> resources = new ArrayList<>(RESOURCES);
        var invented = new InventedFilters(new Random(Arrays.hashCode(input)));
        resources.add(resource(invented.json(invented.document())));
        checkFilter(expression, resources);
        checkRule(expression, resources);
    }

    private static void checkFilter(String expression, List<Resource> resources) {
        try {
            Filter filter = new CelCompiler().compile(expression);
            assertThat(expression.length()).isLessThanOrEqualTo(FilterLimits.LENGTH_MAX);
            assertThat(new CelCompiler().compile(expression)).isEqualTo(filter);
            assertThat(filter.and(Filter.ALL)).isEqualTo(filter);
            assertThat(filter.and(filter)).isEqualTo(filter);
            resources.forEach(resource -> checkMeaning(expression, filter, resource));
        } catch (Problem problem) {
            checkRefusal(problem);
        }
    }

    private static void checkRefusal(Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FILTER);
        assertThat(problem.detail()).containsPattern("[Ll]ine [0-9]+, column [0-9]+");
    }

    private static void checkMeaning(String expression, Filter filter, Resource resource) {
        Judgement judged = Judgement.of(filter, resource);
        assertThat(filter.matches(resource)).isEqualTo(judged.outcome().equals("true"));
        if (judged.outcome().equals("true")) {
            var document = new Document(resource);
            assertThat(filter.equalities()).allMatch(equality -> holds(equality, document));
        }
        var work = new Work();
        String meant = meant(expression, null, resource, work);
        if (meant == null) {
            assertThat(judged.isOutOfSteps() && isSimple(expression))
                    .as("out of steps without a loop or a pattern")
                    .isFalse();
        } else {
            assertThat(judged.outcome()).as("of %s", resource.members()).isEqualTo(meant);
            assertThat(judged.steps()).as("steps").isLessThanOrEqualTo(work.units());
        }
    }

    private static boolean isSimple(String expression) {
        return Stream.of("exists", "all", "matches").noneMatch(expression::contains);
    }

    private static boolean holds(Equality equality, Document document) {
        return equality.values().stream()
                .anyMatch(value -> Json.sayTheSame(value, document.at(equality.path())));
    }

    private static void checkRule(String expression, List<Resource> resources) {
        Rule rule;
        try {
            rule = new CelCompiler().compile(expression, Set.of(Rule.AUTH, Rule.RESOURCE));
        } catch (Problem problem) {
            checkRefusal(problem);
            return;
        }
        Authority by = Authority.of(AUTH);
        Filter left = rule.filter(by);
        for (Resource resource : resources) {
            boolean sees = left.matches(resource);
            assertThat(rule.lets(by, resource, null)).as("lets").isEqualTo(sees);
            checkLets(expression, resource, sees);
        }
    }

    private static void checkLets(String expression, Resource resource, boolean sees) {
        String meant = meant(expression, PlainJson.object(AUTH), resource, new Work());
        if (meant != null) {
            assertThat(sees).as("of %s", resource.members()).isEqualTo(meant.equals("true"));
        }
    }

    /** What a slow reading comes to; null when it is too much for that. */
    private static @Nullable String meant(
            String expression,
            @Nullable Map<String, @Nullable Object> auth,
            Resource resource,
            Work work) {
        Meaning meaning = new CelMeaning(auth, work).of(PlainCel.parse(expression));
        try {
            return meaning.outcome(
                    Meaning.Surroundings.of(PlainJson.object(new Document(resource).tree())));
        } catch (Work.TooMuch tooMuch) {
            return null;
        }
    }
}
