package dev.genstore.router;

import dev.genstore.resource.Credentials;
import dev.genstore.resource.ProblemType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The parameters of a URL's query. Each may be given once.
 *
 * <p>Immutable.
 */
public final class Query {
    /** The parameter of RFC 6750, 2.3, by which a token would come into logs and histories. */
    private static final String TOKEN = "access_token";

    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads what stands behind the question mark; empty when there is none.
     *
     * @throws dev.genstore.resource.Problem 400 when it is malformed, a parameter is doubled, or one
     *     is a token
     */
    public static Query parse(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                put(parameters, pair);
            }
        }
        return new Query(parameters);
    }

    private static void put(Map<String, String> parameters, String pair) {
        int equals = pair.indexOf('=');
        String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
        if (name.equalsIgnoreCase(TOKEN)) {
            throw Credentials.inUrl();
        }
        Credentials.refuse(name);
        Credentials.refuse(value);
        if (parameters.put(name, value) != null) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "The parameter '" + name + "' is given twice.");
        }
    }

    /** No parameters. */
    public static Query none() {
        return new Query(new LinkedHashMap<>());
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The names of all parameters, in order. */
    public Set<String> names() {
        return parameters.keySet();
    }

    /**
     * Refuses every parameter that is not one of these: none is ever ignored.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-parameter}
     */
    public void allowOnly(Set<String> names) {
        for (String name : parameters.keySet()) {
            if (!names.contains(name)) {
                String known = names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
                throw ProblemType.INVALID_PARAMETER.because("The parameter '" + name
                        + "' is not supported here; supported: " + known + ".");
            }
        }
    }

    /**
     * Refuses these parameters.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-parameter}
     */
    public void refuse(Set<String> names) {
        for (String name : parameters.keySet()) {
            if (names.contains(name)) {
                throw ProblemType.INVALID_PARAMETER.because(
                        "The parameter '" + name + "' is not supported here.");
            }
        }
    }

    /** The same, but that this parameter has this value; where it had none, it comes last. */
    public Query with(String name, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Query(more);
    }

    /** As it stands behind the question mark of a URL. */
    public String encoded() {
        return parameters.entrySet().stream()
                .map(each -> Percent.encode(each.getKey()) + "=" + Percent.encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }
}
