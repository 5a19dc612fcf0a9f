package dev.genstore.router;

import dev.genstore.query.Authority;
import dev.genstore.query.Entrusted;
import dev.genstore.query.Rule;
import dev.genstore.resource.ProblemType;

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
 * @param rule who may use it, of {@link Rule#AUTH} and {@link Rule#PATH}; it is not asked where the
 *     action is {@link ForEveryone}
 * @param <C> the type of the context
 */
public record Binding<C>(
        Method method,
        Template template,
        Class<C> contextType,
        Action<? super C> action,
        Supplier<Description> described,
        Rule rule) {
    public Binding {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(contextType, "contextType");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(described, "described");
        Objects.requireNonNull(rule, "rule");
        if (method == Method.HEAD || method == Method.OPTIONS) {
            throw new IllegalArgumentException(method + " " + template
                    + " can't be bound: the router answers HEAD and OPTIONS itself.");
        }
    }

    /** One that nobody has described, for those who administer. */
    public Binding(
            Method method, Template template, Class<C> contextType, Action<? super C> action) {
        this(method, template, contextType, action, () -> Description.NONE, Rule.NEVER);
    }

    /** The same for those whom a rule lets. */
    public Binding<C> by(Rule lets) {
        return new Binding<>(method, template, contextType, action, described, lets);
    }

    /** The same with a description, which is asked for when somebody reads it. */
    public Binding<C> described(Supplier<Description> by) {
        return new Binding<>(method, template, contextType, action, by, rule);
    }

    /**
     * Refuses who may not use it.
     *
     * @throws dev.genstore.resource.Problem 403
     */
    void check(Request request) {
        boolean isLet = action instanceof ForEveryone<?>
                || rule.lets(request.principal().authority(), request.variables());
        if (!isLet) {
            throw ProblemType.FORBIDDEN.because("No rule of '" + this + "' lets you use it.");
        }
    }

    /** What it does. */
    public Description description() {
        return described.get();
    }

    Reply answer(Request request, Contexts contexts) throws Exception {
        C context = contexts.of(contextType);
        return action.act(request, entrusted(context, request.principal().authority()));
    }

    /** What acts in somebody's name is given to him so. */
    private C entrusted(C context, Authority by) {
        return context instanceof Entrusted<?> shared ? contextType.cast(shared.as(by)) : context;
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
