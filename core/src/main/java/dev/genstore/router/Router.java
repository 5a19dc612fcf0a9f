package dev.genstore.router;

import dev.genstore.query.Views;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the action for a request and has it answered. Of several templates that fit, the most
 * specific one counts; two of which neither is more specific can't be bound together.
 *
 * <p>Thread-safe: immutable.
 */
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** What only OPTIONS can ask about: the server as a whole (RFC 9110, 7.1). */
    private static final String SERVER = "*";

    private final List<Binding<?>> bindings;
    private final Contexts contexts;
    private final Access access;
    private final Views views;

    /** A router of these bindings that everybody may use who is let in. */
    public Router(List<Binding<?>> bindings, Contexts contexts) {
        this(bindings, contexts, Access.ALL, Views.WITHOUT_RULES);
    }

    /**
     * A router of these bindings.
     *
     * @param access decides who may use them, besides their own rules
     * @param views tells what may be seen by those who watch
     *
     * @throws IllegalArgumentException when two bindings conflict or a context is missing, with a
     *     sentence that names them
     */
    public Router(List<Binding<?>> bindings, Contexts contexts, Access access, Views views) {
        this.bindings = List.copyOf(bindings);
        this.contexts = contexts;
        this.access = access;
        this.views = views;
        checkConflicts();
        checkContexts();
    }

    private void checkConflicts() {
        for (int i = 0; i < bindings.size(); i++) {
            for (int j = i + 1; j < bindings.size(); j++) {
                checkConflict(bindings.get(i), bindings.get(j));
            }
        }
    }

    private static void checkConflict(Binding<?> one, Binding<?> other) {
        if (one.method() == other.method() && one.template().conflictsWith(other.template())) {
            throw new IllegalArgumentException("'" + one + "' and '" + other
                    + "' fit the same URLs and neither is more specific; change one.");
        }
    }

    private void checkContexts() {
        for (Binding<?> binding : bindings) {
            if (!contexts.has(binding.contextType())) {
                throw new IllegalArgumentException("'" + binding + "' needs a context of type "
                        + binding.contextType().getName() + ", and none is registered.");
            }
        }
    }

    /**
     * What answers this request. HEAD finds what GET does.
     *
     * @throws Problem 400 when the path is malformed
     */
    public Match match(Request request) {
        if (SERVER.equals(request.path())) {
            return new Match.Nothing();
        }
        List<String> path = Template.segments(request.path());
        Method method = request.method() == Method.HEAD ? Method.GET : request.method();
        List<Binding<?>> fitting = bindings.stream()
                .filter(binding -> binding.template().match(path).isPresent())
                .toList();
        return fitting.stream()
                .filter(binding -> binding.method() == method)
                .reduce((one, other) ->
                        one.template().isMoreSpecificThan(other.template()) ? one : other)
                .<Match>map(binding -> found(binding, request, path))
                .orElseGet(() -> fitting.isEmpty()
                        ? new Match.Nothing()
                        : new Match.OtherMethod(allowed(fitting)));
    }

    /** The template that the URL of this request fits, if one does. */
    public Optional<Template> template(Request request) {
        try {
            return switch (match(request)) {
                case Match.Found found -> Optional.of(found.binding().template());
                case Match.OtherMethod _, Match.Nothing _ -> Optional.empty();
            };
        } catch (Problem malformed) {
            return Optional.empty();
        }
    }

    /** The answer to this request, whatever happens. */
    public Reply answer(Request request) {
        try {
            return switch (match(request)) {
                case Match.Found found -> answer(found);
                case Match.OtherMethod other -> otherMethod(request, other.allowed());
                case Match.Nothing ignored -> nothing(request);
            };
        } catch (Problem problem) {
            return Reply.of(problem);
        } catch (Throwable bug) {
            LOG.error("{} {} failed", request.method(), request.path(), bug);
            return Reply.of(ProblemType.INTERNAL.because("The server failed; its log says more."));
        }
    }

    /**
     * Refuses what its maker may not do. {@link #answer} does so itself; who watches what a match has
     * found asks here.
     *
     * @throws Problem 403
     */
    public void check(Match.Found found) {
        found.binding().check(found.request());
        access.check(found.request().principal(), found.binding(), found.request());
    }

    /** What may be seen by those who watch. */
    public Views views() {
        return views;
    }

    /**
     * Whether it is answered to everybody, also to those who don't say who they are: what tells
     * nothing of the store. What a browser asks before a page may ask (a CORS preflight) never has
     * credentials.
     */
    public boolean isForEveryone(Request request) {
        return request.method() == Method.OPTIONS
                || (match(request) instanceof Match.Found found
                        && found.binding().action() instanceof ForEveryone<?>);
    }

    private Reply answer(Match.Found found) throws Exception {
        check(found);
        Reply reply = found.binding().answer(found.request(), contexts);
        Objects.requireNonNull(reply, "an action answers with a reply, not with null");
        Principal principal = found.request().principal();
        if (principal.isNobody()) {
            return reply;
        }
        return reply.with(
                "Vary", principal.session() == null ? "Authorization" : "Authorization, Cookie");
    }

    private static Reply otherMethod(Request request, Set<Method> allowed) {
        if (request.method() == Method.OPTIONS) {
            return options(allowed);
        }
        String allow = list(allowed);
        throw ProblemType.METHOD_NOT_ALLOWED
                .because(request.method() + " is not allowed here; allowed: " + allow + ".")
                .with("Allow", allow);
    }

    private static Reply options(Set<Method> allowed) {
        Reply reply = Reply.of(204).with("Allow", list(allowed));
        if (allowed.contains(Method.PATCH)) {
            reply = reply.with("Accept-Patch", PatchFormats.ACCEPTED);
        }
        return allowed.contains(Method.QUERY)
                ? reply.with("Accept-Query", QueryFormats.ACCEPTED)
                : reply;
    }

    private static String list(Set<Method> methods) {
        return methods.stream().map(Method::name).collect(Collectors.joining(", "));
    }

    private Reply nothing(Request request) {
        if (SERVER.equals(request.path())) {
            return options(allowed(bindings));
        }
        throw ProblemType.NOT_FOUND.because("Nothing is bound to " + request.path()
                + "; resources are at /api/{collection}/{id}.");
    }

    private static Match found(Binding<?> binding, Request request, List<String> path) {
        return new Match.Found(
                binding, request.with(binding.template().match(path).orElseThrow()));
    }

    private static Set<Method> allowed(List<Binding<?>> fitting) {
        Set<Method> allowed = EnumSet.of(Method.OPTIONS);
        fitting.forEach(binding -> allowed.add(binding.method()));
        if (allowed.contains(Method.GET)) {
            allowed.add(Method.HEAD);
        }
        return allowed;
    }
}
