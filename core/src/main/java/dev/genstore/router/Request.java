package dev.genstore.router;

import dev.genstore.resource.Credentials;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.TraceParent;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request, complete with its body.
 *
 * <p>Immutable, as long as nobody writes into {@link #body()}.
 */
public final class Request {
    private final Method method;
    private final String path;
    private final String rawQuery;
    private final Query query;
    private final Headers headers;
    private final byte[] body;
    private final Map<String, String> variables;
    private final Principal principal;
    private final ClientAddress address;
    private final @Nullable String scheme;

    private Request(
            Method method,
            String path,
            String rawQuery,
            Headers headers,
            byte[] body,
            Map<String, String> variables,
            Query query,
            Principal principal,
            ClientAddress address,
            @Nullable String scheme) {
        this.method = Objects.requireNonNull(method, "method");
        this.path = Objects.requireNonNull(path, "path");
        this.rawQuery = Objects.requireNonNull(rawQuery, "rawQuery");
        this.query = query;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
        this.variables = Map.copyOf(variables);
        this.principal = Objects.requireNonNull(principal, "principal");
        this.address = Objects.requireNonNull(address, "address");
        this.scheme = scheme;
    }

    /**
     * A request as it came in.
     *
     * @param target the path and query, as encoded (origin-form of RFC 9112, 3.2.1)
     * @throws dev.genstore.resource.Problem 400 when the query is malformed, or it or the path has a
     *     token in it
     */
    public static Request of(Method method, String target, Headers headers, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        Credentials.refusePath(path);
        return new Request(
                method,
                path,
                query,
                headers,
                body,
                Map.of(),
                Query.parse(query),
                Principal.NOBODY,
                ClientAddress.UNKNOWN,
                null);
    }

    /**
     * The same request, which comes from there.
     *
     * @param by {@code https} or {@code http}, as it was asked by; null where that is not known
     */
    public Request from(ClientAddress where, @Nullable String by) {
        return new Request(
                method, path, rawQuery, headers, body, variables, query, principal, where, by);
    }

    /**
     * The same request, made by somebody. His credentials have done their work and go no further, so
     * that no action can tell them to anybody.
     */
    public Request by(Principal who) {
        if (who.equals(principal)) {
            return this;
        }
        Headers passedOn = SessionCookie.without(headers.without("Authorization"));
        return new Request(
                method, path, rawQuery, passedOn, body, variables, query, who, address, scheme);
    }

    public Method method() {
        return method;
    }

    /** Who makes it. */
    public Principal principal() {
        return principal;
    }

    /** Where the client is that makes it; behind a proxy that is trusted, what that says. */
    public ClientAddress address() {
        return address;
    }

    /**
     * By which scheme the client asks, {@code https} or {@code http}: by the connection's own, or by what
     * a trusted proxy says. Empty where nobody knows, as there may be a proxy that does not say.
     */
    public Optional<String> scheme() {
        return Optional.ofNullable(scheme);
    }

    /** The path, still percent-encoded. */
    public String path() {
        return path;
    }

    /** The query, still percent-encoded; empty when there is none. */
    public String rawQuery() {
        return rawQuery;
    }

    public Query query() {
        return query;
    }

    public Headers headers() {
        return headers;
    }

    /**
     * The value of a header that has one, such as {@code Content-Type}. Those that are lists are read
     * by {@link Headers#joined}.
     *
     * @throws dev.genstore.resource.Problem 400 when it is given twice (RFC 9110, 5.3): whoever stands
     *     in front may have understood the other one
     */
    public Optional<String> header(String name) {
        List<String> values = headers.all(name);
        if (values.size() > 1) {
            throw ProblemType.INVALID_HEADER.because("Give " + name + " once.");
        }
        return values.stream().findFirst();
    }

    /**
     * Where in a trace its sender is. Two headers are as malformed as a wrong one, and mean none: a
     * trace is never worth a refusal.
     */
    public Optional<TraceParent> traceparent() {
        List<String> values = headers.all("traceparent");
        return values.size() == 1
                ? Optional.ofNullable(TraceParent.read(values.getFirst()))
                : Optional.empty();
    }

    /** The content; empty when there is none. */
    public byte[] body() {
        return body;
    }

    /**
     * What stands in the URL where the template has this variable, decoded.
     *
     * @throws IllegalArgumentException when the template has no such variable
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no variable '" + name + "'");
        }
        return value;
    }

    /** What stands in the URL where the template has variables. */
    Map<String, String> variables() {
        return variables;
    }

    /** The same request with the variables that its URL gives to a template. */
    Request with(Map<String, String> variablesFound) {
        return new Request(
                method,
                path,
                rawQuery,
                headers,
                body,
                variablesFound,
                query,
                principal,
                address,
                scheme);
    }
}
