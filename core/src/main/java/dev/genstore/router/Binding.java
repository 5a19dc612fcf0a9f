package dev.genstore.router;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * An action and where it is found.
 *
 * <p>Immutable.
 *
 * @param method the method it answers; GET answers HEAD too
 * @param template the URLs it answers
 * @param contextType the type under which its context is registered
 * @param action what answers
 * @param described tells what it does, for the documents of the API; asked when somebody reads them,
 *     since most starts see nobody who does
 * @param <C> the type of the context
 */
public record Binding<C>(
        Method method,
        Template template,
        Class<C> contextType,
        Action<? super C> action,
        Supplier<Description> described) {
    public Binding {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(contextType, "contextType");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(described, "described");
        if (method == Method.HEAD || method == Method.OPTIONS) {
            throw new IllegalArgumentException(method + " " + template
                    + " can't be bound: the router answers HEAD and OPTIONS itself.");
        }
    }

    /** One that nobody has described. */
    public Binding(
            Method method, Template template, Class<C> contextType, Action<? super C> action) {
        this(method, template, contextType, action, () -> Description.NONE);
    }

    /** What it does. */
    public Description description() {
        return described.get();
    }

    Reply answer(Request request, Contexts contexts) throws Exception {
        return action.act(request, contexts.of(contextType));
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
