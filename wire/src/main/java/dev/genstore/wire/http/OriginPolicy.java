package dev.genstore.wire.http;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pages in a browser may talk to this server. A browser lets every page open a WebSocket to
 * everywhere and only names the page's origin (RFC 6455, 10.2), so the server must look. A client that
 * names no origin is no browser and is judged by its credentials alone.
 *
 * <p>A page is allowed when it came from this server, or when its origin is listed. Where it is not
 * known by which scheme the client asks, as behind a proxy that does not tell, pages by http and by
 * https are taken to have come from here. {@code null} can't be listed: it is the origin of sandboxed
 * pages, which every page can make.
 *
 * <p>Immutable.
 *
 * @param listed origins that are allowed, exactly as browsers write them, for example {@code
 *     https://app.example}
 */
public record OriginPolicy(Set<String> listed) {
    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@\\s]+)");
    private static final Pattern WRITTEN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[a-z0-9._~-]+)(:[1-9][0-9]*)?");

    public OriginPolicy {
        listed = Set.copyOf(listed);
        for (String origin : listed) {
            if (!isOrigin(origin)) {
                throw new IllegalArgumentException("'" + origin
                        + "' is no origin as browsers write them; write scheme://host in small"
                        + " letters, perhaps with a :port that is not the usual one, and nothing"
                        + " behind it.");
            }
        }
    }

    /**
     * Whether a browser may write an origin so (RFC 6454, 6.2). What it would never write is refused
     * where it is listed, as it would allow nobody.
     */
    public static boolean isOrigin(String text) {
        Matcher parts = ORIGIN.matcher(text);
        if (!parts.matches() || !WRITTEN.matcher(text).matches()) {
            return false;
        }
        Authority page = Authority.parse(parts.group(2));
        Scheme scheme = Scheme.named(parts.group(1));
        return page != null && (scheme == null || page.port() != scheme.defaultPort());
    }

    /**
     * Lets a request pass or refuses it.
     *
     * @param asked by which scheme the client asks; null when that is not known
     * @throws dev.genstore.resource.Problem 403 {@code forbidden-origin}
     */
    public void check(Headers headers, @Nullable Scheme asked) {
        if (!allows(headers, asked)) {
            throw ProblemType.FORBIDDEN_ORIGIN.because("Pages of the origin "
                    + String.join(", ", headers.all("Origin"))
                    + " may not use this server; list it in 'origins' if they should.");
        }
    }

    /** Whether a request with these header fields may be answered. */
    public boolean allows(Headers headers, @Nullable Scheme asked) {
        return headers.first("Origin").isEmpty()
                || listed(headers).isPresent()
                || isSame(headers, asked);
    }

    /** The listed origin that these header fields name. */
    public Optional<String> listed(Headers headers) {
        return only(headers).filter(listed::contains);
    }

    /** What names two is no browser's, and nobody knows which one it means. */
    private static Optional<String> only(Headers headers) {
        List<String> origins = headers.all("Origin");
        return origins.size() == 1 ? Optional.of(origins.getFirst()) : Optional.empty();
    }

    private static boolean isSame(Headers headers, @Nullable Scheme asked) {
        return headers.first("Host")
                .flatMap(host -> only(headers).filter(origin -> isSame(origin, host, asked)))
                .isPresent();
    }

    /** Where only one of both names a port, the other means the default of the origin's scheme. */
    private static boolean isSame(String origin, String host, @Nullable Scheme asked) {
        Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        Scheme scheme = Scheme.named(parts.group(1));
        Authority page = Authority.parse(parts.group(2));
        Authority server = Authority.parse(host);
        return scheme != null
                && (asked == null || asked == scheme)
                && page != null
                && server != null
                && page.isSameAs(server, scheme.defaultPort());
    }
}
