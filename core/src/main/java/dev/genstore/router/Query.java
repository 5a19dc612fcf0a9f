package dev.genstore.router;

import dev.genstore.resource.ProblemType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a URL's query. Each may be given once.
 *
 * <p>Immutable.
 */
public final class Query {
    /** The parameter of RFC 6750, 2.3, by which a token would come into logs and histories. */
    private static final String TOKEN = "access_token";

    /**
     * An API key, or the two first parts of a JWT (RFC 7519), whatever the parameter is called. Each
     * run of letters is tried once, so a long text costs no more than its length.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("genstore_[0-9A-Za-z]{49}"
            + "|(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]++\\.eyJ[0-9A-Za-z_-]++");

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
        if (name.equalsIgnoreCase(TOKEN) || hasCredentials(name) || hasCredentials(value)) {
            throw ProblemType.TOKEN_IN_URL.because(
                    "URLs are logged, so a token must not be in one: send 'Authorization: Bearer"
                            + " <token>'. Replace this one, which somebody may have read by now.");
        }
        if (parameters.put(name, value) != null) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "The parameter '" + name + "' is given twice.");
        }
    }

    private static boolean hasCredentials(String text) {
        return CREDENTIALS.matcher(text).find();
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
