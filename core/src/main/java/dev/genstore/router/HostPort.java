package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URL (RFC 3986, 3.2). The host is a name as DNS has them or an address; the other
 * characters that a registered name may have by RFC 3986 are of no use here and only confuse readers.
 *
 * <p>Immutable.
 *
 * @param host the name or address as given, never empty (RFC 9110, 4.2.1)
 * @param port the port, or -1 when none is given
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._~-]{1,255})(?::([0-9]{0,5}))?");
    private static final int PORT_MAX = 65_535;

    /** The host and port that {@code text} names, or null when it does not have the form of one. */
    public static @Nullable HostPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String digits = matcher.group(2);
        int port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
        return port > PORT_MAX ? null : new HostPort(matcher.group(1), port);
    }

    /** Whether both name the same place, where this port stands for none. */
    boolean isSameAs(HostPort other, int defaultPort) {
        return host.equalsIgnoreCase(other.host)
                && portOr(defaultPort) == other.portOr(defaultPort);
    }

    private int portOr(int defaultPort) {
        return port < 0 ? defaultPort : port;
    }
}
