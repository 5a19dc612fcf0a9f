package dev.genstore.action;

import dev.genstore.query.Rule;
import dev.genstore.router.Action;
import dev.genstore.router.Binding;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Template;
import dev.genstore.store.Resources;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The REST API as what it is: actions, bound to URL templates like any other. */
public final class RestActions {
    private RestActions() {}

    /**
     * The bindings of the REST API. Their context is the {@link Resources}. Who was let in may use
     * them; what of it he sees and may write is for the rules of collections.
     *
     * @param selections reads what a URL's query selects
     */
    public static List<Binding<?>> bindings(SelectionReader selections) {
        List<Binding<?>> all = new ArrayList<>(ofCollections(selections));
        all.addAll(ofResources(selections));
        all.add(bind(
                Method.GET, "/problems/{slug}", new ReadProblem(), () -> RestDescriptions.PROBLEM));
        return all;
    }

    private static List<Binding<?>> ofCollections(SelectionReader selections) {
        String template = "/api/{collection}";
        var collections = new ListCollections(selections);
        var list = new ListResources(selections);
        var query = new QueryResources(selections);
        return List.of(
                bind(Method.GET, "/api", collections, () -> RestDescriptions.COLLECTIONS),
                bind(Method.GET, template, list, () -> RestDescriptions.LIST),
                bind(Method.QUERY, template, query, () -> RestDescriptions.QUERY),
                bind(Method.POST, template, new CreateResource(), () -> RestDescriptions.CREATE),
                bind(Method.POST, "/api/_batch", new WriteBatch(), () -> RestDescriptions.BATCH),
                bind(Method.QUERY, "/api/_try", new TryDefinition(), () -> RestDescriptions.TRY)
                        .by(Rule.NEVER));
    }

    private static List<Binding<?>> ofResources(SelectionReader selections) {
        String template = "/api/{collection}/{id}";
        return List.of(
                bind(
                        Method.GET,
                        template,
                        new ReadResource(selections),
                        () -> RestDescriptions.READ),
                bind(Method.PUT, template, new ReplaceResource(), () -> RestDescriptions.REPLACE),
                bind(Method.PATCH, template, new PatchResource(), () -> RestDescriptions.PATCH),
                bind(Method.DELETE, template, new DeleteResource(), () -> RestDescriptions.DELETE));
    }

    private static Binding<Resources> bind(
            Method method,
            String template,
            Action<Resources> action,
            Supplier<Description> described) {
        return new Binding<>(method, Template.parse(template), Resources.class, action)
                .described(described)
                .by(Rule.ALWAYS);
    }
}
