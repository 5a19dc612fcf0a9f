package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.Settings;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.router.Action;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bindings that can't work are refused at start, by a sentence that says what to change. */
class BindingsTest {
    private static final Action<Object> ANY = (request, context) -> Reply.of(204);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void what_can_not_work_fails_at_start_and_names_what_is_wrong(
            UnaryOperator<GenstoreBuilder> change, String sentence) {
        assertThatThrownBy(() -> CountedServer.start(folder, Settings.defaults(), change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
        CountedServer.start(folder, Settings.defaults()).stop();
    }

    static List<Arguments> wrong() {
        return List.of(
                wrong(
                        builder -> bind(bind(builder, "/a/{x}"), "/a/{y}"),
                        "'GET /a/{x}' and 'GET /a/{y}' fit the same URLs and neither is more"
                                + " specific; change one."),
                wrong(
                        builder -> bind(bind(builder, "/a/{x}/c"), "/a/b/{y}"),
                        "'GET /a/{x}/c' and 'GET /a/b/{y}' fit the same URLs and neither is more"
                                + " specific; change one."),
                wrong(
                        builder -> bind(builder, "/api/{name}/{key}"),
                        "'GET /api/{collection}/{id}' and 'GET /api/{name}/{key}' fit the same"
                                + " URLs and neither is more specific; change one."),
                wrong(
                        builder -> builder.bind(Method.GET, "/a", String.class, ANY),
                        "'GET /a' needs a context of type java.lang.String, and none is"
                                + " registered."),
                wrong(
                        builder -> builder.context(String.class, any -> "one")
                                .context(String.class, any -> "two"),
                        "There are two contexts of type java.lang.String."),
                wrong(
                        builder -> builder.bind(Method.HEAD, "/a", Resources.class, ANY),
                        "HEAD /a can't be bound: the router answers HEAD and OPTIONS itself."),
                wrong(
                        builder -> bind(builder, "a/{id}"),
                        "The template 'a/{id}' must start with a slash."),
                wrong(
                        builder -> bind(builder, "/a/{id"),
                        "The template '/a/{id' has the segment '{id'; a segment is plain text or"
                                + " one {variable}."),
                wrong(
                        builder -> bind(builder, "/{id}/{id}"),
                        "The template '/{id}/{id}' has the variable 'id' twice."));
    }

    private static Arguments wrong(UnaryOperator<GenstoreBuilder> change, String sentence) {
        return Arguments.of(change, sentence);
    }

    private static GenstoreBuilder bind(GenstoreBuilder builder, String template) {
        return builder.bind(Method.GET, template, Resources.class, ANY);
    }
}
