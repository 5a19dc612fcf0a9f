package dev.genstore.wire.http;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.Origin;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;
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
        Origin origin = WRITTEN.matcher(text).matches() ? Origin.parse(text) : null;
        return origin != null && !origin.namesUsualPort();
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
        return Origin.written(headers).filter(listed::contains);
    }

    private static boolean isSame(Headers headers, @Nullable Scheme asked) {
        return Origin.of(headers)
                .filter(origin -> asked == null || asked == Scheme.named(origin.scheme()))
                .filter(origin -> origin.isOfHost(headers))
                .isPresent();
    }
}
