package dev.genstore.action;

import dev.genstore.router.Action;
import dev.genstore.router.Binding;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Template;
import dev.genstore.store.Resources;

import java.util.List;

/** The REST API as what it is: actions, bound to URL templates like any other. */
public final class RestActions {
    private RestActions() {}

    /**
     * The bindings of the REST API. Their context is the {@link Resources}.
     *
     * @param selections reads what a URL's query selects
     */
    public static List<Binding<?>> bindings(SelectionReader selections) {
        return List.of(
                bind(
                        Method.GET,
                        "/api",
                        new ListCollections(selections),
                        RestDescriptions.COLLECTIONS),
                bind(
                        Method.GET,
                        "/api/{collection}",
                        new ListResources(selections),
                        RestDescriptions.LIST),
                bind(
                        Method.QUERY,
                        "/api/{collection}",
                        new QueryResources(selections),
                        RestDescriptions.QUERY),
                bind(
                        Method.POST,
                        "/api/{collection}",
                        new CreateResource(),
                        RestDescriptions.CREATE),
                bind(Method.POST, "/api/_batch", new WriteBatch(), RestDescriptions.BATCH),
                bind(
                        Method.GET,
                        "/api/{collection}/{id}",
                        new ReadResource(selections),
                        RestDescriptions.READ),
                bind(
                        Method.PUT,
                        "/api/{collection}/{id}",
                        new ReplaceResource(),
                        RestDescriptions.REPLACE),
                bind(
                        Method.PATCH,
                        "/api/{collection}/{id}",
                        new PatchResource(),
                        RestDescriptions.PATCH),
                bind(
                        Method.DELETE,
                        "/api/{collection}/{id}",
                        new DeleteResource(),
                        RestDescriptions.DELETE),
                bind(Method.GET, "/problems/{slug}", new ReadProblem(), RestDescriptions.PROBLEM));
    }

    private static Binding<Resources> bind(
            Method method, String template, Action<Resources> action, Description description) {
        return new Binding<>(
                method, Template.parse(template), Resources.class, action, description);
    }
}
