package dev.genstore.wire.http;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.HostPort;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a request line asks for (RFC 9112, 3.2), reduced to origin-form.
 *
 * <p>A path is strictly what RFC 3986 allows. A query may also have the characters that browsers send
 * as they are (the URL standard of WHATWG leaves them unencoded there); nobody takes them for the end
 * of anything.
 *
 * <p>Immutable.
 *
 * @param text path and query, or {@code *}
 * @param authority the authority of an absolute URL, or null when only a path was given
 */
public record RequestTarget(String text, @Nullable String authority) {
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/";
    private static final String QUERY_MARKS = PATH_MARKS + "?[]{}|^`\\";

    /**
     * Reads the target of a request of this method.
     *
     * @throws Problem 400 {@code bad-request}, or 501 for a CONNECT
     */
    public static RequestTarget parse(String method, String raw) {
        if ("CONNECT".equals(method)) {
            throw ProblemType.NOT_IMPLEMENTED.because(
                    "This server is no proxy; CONNECT does nothing here.");
        }
        if ("*".equals(raw)) {
            return asterisk(method);
        }
        return raw.startsWith("/") ? new RequestTarget(checked(raw), null) : absolute(method, raw);
    }

    private static RequestTarget asterisk(String method) {
        if (!"OPTIONS".equals(method)) {
            throw ProblemType.BAD_REQUEST.because("Only OPTIONS can ask for *.");
        }
        return new RequestTarget("*", null);
    }

    private static RequestTarget absolute(String method, String raw) {
        int from = schemeLength(raw);
        int to = from;
        while (to < raw.length() && raw.charAt(to) != '/' && raw.charAt(to) != '?') {
            to++;
        }
        String authority = raw.substring(from, to);
        if (HostPort.parse(authority) == null) {
            throw malformed();
        }
        return new RequestTarget(pathAndQuery(method, raw.substring(to)), authority);
    }

    private static int schemeLength(String raw) {
        for (String scheme : List.of("http://", "https://")) {
            if (raw.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        throw malformed();
    }

    /** An absolute URL may have no path: it is that of the root, or {@code *} (RFC 9112, 3.2.4). */
    private static String pathAndQuery(String method, String rest) {
        if (rest.isEmpty()) {
            return "OPTIONS".equals(method) ? "*" : "/";
        }
        return checked(rest.startsWith("/") ? rest : "/" + rest);
    }

    private static String checked(String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        int pathEnd = mark < 0 ? pathAndQuery.length() : mark;
        check(pathAndQuery, 0, pathEnd, PATH_MARKS);
        check(pathAndQuery, pathEnd, pathAndQuery.length(), QUERY_MARKS);
        return pathAndQuery;
    }

    private static void check(String text, int from, int to, String marks) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                checkEscape(text, i, to);
            } else if (!FieldRules.isAlphanumeric(c) && marks.indexOf(c) < 0) {
                throw malformed();
            }
        }
    }

    private static void checkEscape(String text, int percent, int to) {
        if (percent + 2 >= to
                || !FieldRules.isHexadecimal(text.charAt(percent + 1))
                || !FieldRules.isHexadecimal(text.charAt(percent + 2))) {
            throw ProblemType.BAD_REQUEST.because(
                    "The URL has a % that two hexadecimal digits do not follow.");
        }
    }

    private static Problem malformed() {
        return ProblemType.BAD_REQUEST.because(
                "The request line's URL must be a path that starts with / or an absolute http URL,"
                        + " with everything else percent-encoded (RFC 3986, 3.3).");
    }
}
