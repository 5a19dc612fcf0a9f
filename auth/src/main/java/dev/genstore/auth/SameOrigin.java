package dev.genstore.auth;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.Origin;
import dev.genstore.router.Request;

import java.util.List;

/**
 * Tells requests that a page of this server makes from those of other pages, which a browser sends a
 * cookie with as well: pages of other hosts of the same site can have it sent. Browsers say whose page
 * it is in {@code Sec-Fetch-Site} (W3C Fetch Metadata), older ones in {@code Origin}; no script can set
 * these.
 */
final class SameOrigin {
    private static final String HTTPS = "https";

    private SameOrigin() {}

    /**
     * Refuses what another page could have asked for, if that does something, or could be read there: a
     * write, or a WebSocket. What is answered or streamed the browser itself keeps from other pages.
     *
     * @throws Problem 403 when it is not certain that a page of this server asks
     */
    static void require(Request request) {
        Headers headers = request.headers();
        boolean isHarmless =
                request.method().isSafe() && headers.first("Upgrade").isEmpty();
        if (!isHarmless && !isCertain(headers)) {
            throw refused();
        }
    }

    /**
     * Refuses what another page asks for; what is no browser says nothing of that.
     *
     * @throws Problem 403 when another page asks
     */
    static void requireOfBrowser(Headers headers) {
        boolean isBrowser = headers.first("Sec-Fetch-Site").isPresent()
                || headers.first("Origin").isPresent();
        if (isBrowser && !isCertain(headers)) {
            throw refused();
        }
    }

    private static Problem refused() {
        return ProblemType.FORBIDDEN_ORIGIN.because("A session is only for pages of this server:"
                + " others send 'Authorization: Bearer <API key or JWT>'.");
    }

    private static boolean isCertain(Headers headers) {
        List<String> sites = headers.all("Sec-Fetch-Site");
        return sites.isEmpty()
                ? Origin.of(headers).filter(origin -> origin.isOfHost(headers)).isPresent()
                : sites.equals(List.of("same-origin"));
    }

    /** Whether it is known to be asked over https. */
    static boolean isKnownSecure(Request request) {
        return request.scheme().filter(HTTPS::equals).isPresent();
    }

    /** Whether it is asked over https; where nobody knows, whether the page came over it that asks. */
    static boolean isSecure(Request request) {
        return request.scheme()
                .or(() -> Origin.of(request.headers()).map(Origin::scheme))
                .filter(HTTPS::equals)
                .isPresent();
    }
}
