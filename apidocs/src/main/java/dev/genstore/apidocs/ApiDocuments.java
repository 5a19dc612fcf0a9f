package dev.genstore.apidocs;

import dev.genstore.query.Authority;
import dev.genstore.query.Entrusted;
import dev.genstore.router.Answer;
import dev.genstore.router.Binding;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.store.Resources;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of an API. They are made when somebody asks, and again when a definition has changed
 * since. Who may not read definitions is not told what they say.
 *
 * <p>Thread-safe.
 */
public final class ApiDocuments implements Entrusted<ApiDocuments> {
    private static final Pattern NAMED =
            Pattern.compile("\"#/components/schemas/([a-z][a-z0-9_-]{0,62})\\.[A-Z]");

    private final ApiInfo info;
    private final List<Binding<?>> bindings;
    private final Resources resources;
    private final @Nullable ApiDocuments withoutDefinitions;
    private volatile @Nullable Made made;

    /** The documents as they were when this was the last change of a definition. */
    private record Made(long revision, Document openApi, Document asyncApi) {}

    /**
     * The documents of these bindings.
     *
     * @param resources where the definitions of collections are
     */
    public ApiDocuments(ApiInfo info, List<Binding<?>> bindings, Resources resources) {
        this(info, bindings, resources, new ApiDocuments(info, bindings, resources, null));
    }

    private ApiDocuments(
            ApiInfo info,
            List<Binding<?>> bindings,
            Resources resources,
            @Nullable ApiDocuments withoutDefinitions) {
        this.info = info;
        this.bindings = List.copyOf(bindings);
        this.resources = resources;
        this.withoutDefinitions = withoutDefinitions;
    }

    @Override
    public ApiDocuments as(Authority by) {
        return by.isAll() || withoutDefinitions == null ? this : withoutDefinitions;
    }

    /** The collections whose schemas the descriptions refer to. */
    private Set<String> named() {
        return bindings.stream()
                .map(Binding::description)
                .flatMap(ApiDocuments::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> named(Description description) {
        return Stream.concat(
                        description.takes().stream(),
                        description.answers().stream().map(Answer::content).flatMap(List::stream))
                .map(Content::schema)
                .flatMap(schema -> NAMED.matcher(schema.toString()).results())
                .map((MatchResult found) -> found.group(1));
    }

    Document openApi() {
        return present().openApi;
    }

    Document asyncApi() {
        return present().asyncApi;
    }

    private Made present() {
        boolean isWhole = withoutDefinitions != null;
        Made last = made;
        if (last != null && (!isWhole || last.revision == resources.read(Catalog::revision))) {
            return last;
        }
        Catalog catalog =
                isWhole ? Catalog.read(resources, named()) : Catalog.withoutDefinitions(named());
        var present = new Made(
                catalog.revision(),
                Document.of(OpenApi.document(info, bindings, catalog)),
                Document.of(AsyncApi.document(info, bindings, catalog)));
        made = present;
        return present;
    }
}
