package dev.genstore.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * A place in the network that need not be. Immutable.
 *
 * @param url where it is, if there is one
 */
record UrlOrNone(Optional<URI> url) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** No text, no place. */
    static Optional<UrlOrNone> parse(String text) {
        return text.isEmpty()
                ? Optional.of(new UrlOrNone(Optional.empty()))
                : url(text).map(url -> new UrlOrNone(Optional.of(url)));
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text)).filter(UrlOrNone::isGood);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** A path may be added behind it. Credentials would end up in logs. */
    private static boolean isGood(URI url) {
        String scheme = url.getScheme();
        return scheme != null
                && SCHEMES.contains(scheme)
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }
}
