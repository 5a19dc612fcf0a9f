package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page in a browser came from (RFC 6454). Immutable.
 *
 * @param scheme in small letters
 * @param place the host, and its port where one is named
 */
public record Origin(String scheme, HostPort place) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@\\s]+)");
    private static final String FIELD = "Origin";

    /** Of a scheme that has none. */
    private static final int NO_PORT = -1;

    /** The origin that {@code text} names, or null when it does not have the form of one. */
    public static @Nullable Origin parse(String text) {
        Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
        HostPort place = parts.matches() ? HostPort.parse(parts.group(2)) : null;
        return place == null ? null : new Origin(parts.group(1), place);
    }

    /** As the page's browser writes it. What names two is no browser's, and means none. */
    public static Optional<String> written(Headers headers) {
        List<String> origins = headers.all(FIELD);
        return origins.size() == 1 ? Optional.of(origins.getFirst()) : Optional.empty();
    }

    /** The page's, if these header fields name one. */
    public static Optional<Origin> of(Headers headers) {
        return written(headers).map(Origin::parse);
    }

    /** Whether a port is named although the scheme means it anyway, which browsers never do. */
    public boolean namesUsualPort() {
        return place.port() >= 0 && place.port() == usualPort();
    }

    /**
     * Whether the page came from the host that is asked. Where only one of both names a port, the other
     * means that of the origin's scheme.
     *
     * @param headers with {@code Host}
     */
    public boolean isOfHost(Headers headers) {
        List<String> hosts = headers.all("Host");
        HostPort server = hosts.size() == 1 ? HostPort.parse(hosts.getFirst()) : null;
        return server != null && usualPort() != NO_PORT && place.isSameAs(server, usualPort());
    }

    private int usualPort() {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> NO_PORT;
        };
    }
}
