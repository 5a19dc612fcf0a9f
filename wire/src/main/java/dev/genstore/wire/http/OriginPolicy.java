package dev.genstore.wire.http;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pages in a browser may talk to this server. A browser lets every page open a WebSocket to
 * everywhere and only names the page's origin (RFC 6455, 10.2), so the server must look. A client that
 * names no origin is no browser and is judged by its credentials alone.
 *
 * <p>A page is allowed when it came from this server, by http or, as behind a proxy, by https, or when
 * its origin is listed. {@code null}, the origin of sandboxed pages and local files, must be listed
 * like any other.
 *
 * <p>Immutable.
 *
 * @param listed origins that are allowed, exactly as browsers write them, for example {@code
 *     https://app.example}
 */
public record OriginPolicy(Set<String> listed) {
    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@\\s]+)|null");

    public OriginPolicy {
        listed = Set.copyOf(listed);
        for (String origin : listed) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("'" + origin
                        + "' is no origin; write scheme://host, perhaps with :port, and nothing"
                        + " behind it.");
            }
        }
    }

    /**
     * Lets a request pass or refuses it.
     *
     * @throws dev.genstore.resource.Problem 403 {@code forbidden-origin}
     */
    public void check(Headers headers) {
        if (!allows(headers)) {
            throw ProblemType.FORBIDDEN_ORIGIN.because("Pages of the origin "
                    + String.join(", ", headers.all("Origin"))
                    + " may not use this server; list it in 'origins' if they should.");
        }
    }

    /** Whether a request with these header fields may be answered. */
    public boolean allows(Headers headers) {
        List<String> origins = headers.all("Origin");
        return origins.isEmpty() || (origins.size() == 1 && allows(origins.getFirst(), headers));
    }

    private boolean allows(String origin, Headers headers) {
        return listed.contains(origin)
                || headers.first("Host").filter(host -> isSame(origin, host)).isPresent();
    }

    /** Where only one of both names a port, the other means the default of the origin's scheme. */
    private static boolean isSame(String origin, String host) {
        Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!parts.matches() || parts.group(1) == null) {
            return false;
        }
        Authority page = Authority.parse(parts.group(2));
        Authority server = Authority.parse(host);
        int defaultPort = defaultPort(parts.group(1));
        return defaultPort > 0
                && page != null
                && server != null
                && page.isSameAs(server, defaultPort);
    }

    /** The port of a scheme that this server can have, else 0. */
    private static int defaultPort(String originScheme) {
        return switch (originScheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }
}
