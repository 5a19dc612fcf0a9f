package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Document;
import dev.genstore.query.Filter;
import dev.genstore.query.FilterLimits;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A filter is compiled or refused with a place, and what compiles says something of any document. */
public final class FilterTarget {
    private static final List<Resource> RESOURCES = Stream.of(
                    "{}",
                    "{\"a\":1,\"b\":\"two\",\"c\":true,\"d\":null,\"e\":[1,\"x\",[2]],\"f\":{\"g\":[]}}",
                    "{\"status\":\"open\",\"size\":1e300,\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"owner\":{\"name\":\"é😀\"}}")
            .map(FilterTarget::resource)
            .toList();

    private FilterTarget() {}

    private static Resource resource(String json) {
        Draft draft = Draft.read(json.getBytes(StandardCharsets.UTF_8));
        return new Resource("notes", "7", 3, 1_000, 2_000, draft.members());
    }

    /** Tries this expression. */
    public static void check(byte[] input) {
        String expression = new String(input, StandardCharsets.UTF_8);
        try {
            Filter filter = new CelCompiler().compile(expression);
            assertThat(expression.length()).isLessThanOrEqualTo(FilterLimits.LENGTH_MAX);
            assertThat(new CelCompiler().compile(expression)).isEqualTo(filter);
            assertThat(filter.and(Filter.ALL)).isEqualTo(filter);
            RESOURCES.forEach(resource -> assertThat(filter.matches(new Document(resource)))
                    .isEqualTo(filter.matches(resource)));
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FILTER);
            assertThat(problem.detail()).containsPattern("[Ll]ine [0-9]+, column [0-9]+");
        }
    }
}
