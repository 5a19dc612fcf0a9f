package dev.genstore.wire.http;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Headers;
import dev.genstore.router.HostPort;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names a server that asks nobody who he is may be called. A page can have its own name lead
 * to 127.0.0.1 a moment after it was loaded (DNS rebinding); to the browser it then is of this
 * server's origin, and only the name in {@code Host} tells that it is not.
 *
 * <p>Addresses are good, as no name leads anywhere else; so are {@code localhost} and names below it,
 * which no resolver asks the network for (RFC 6761, 6.3). Other names must be listed.
 *
 * <p>Thread-safe.
 */
public final class HostPolicy {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final int NAME_LENGTH_MAX = 253;

    private final Set<String> listed;

    /** The one that was let pass last: mostly the next one is the same. */
    private volatile String recent = "";

    /**
     * A policy with these further names.
     *
     * @param listed in small letters and without a dot at the end
     */
    public HostPolicy(Set<String> listed) {
        this.listed = Set.copyOf(listed);
        for (String name : listed) {
            if (!isName(name)) {
                throw new IllegalArgumentException("'" + name
                        + "' is no host name; write it in small letters, without scheme and port.");
            }
        }
    }

    /** Whether a host may be listed so. */
    public static boolean isName(String text) {
        return text.length() <= NAME_LENGTH_MAX && NAME.matcher(text).matches();
    }

    /**
     * Lets a request pass or refuses it. One without a host passes: no browser leaves it out.
     *
     * @throws dev.genstore.resource.Problem 421 {@code misdirected}
     */
    public void check(Headers headers) {
        String host = headers.first("Host").orElse("");
        if (host.isEmpty() || host.equals(recent)) {
            return;
        }
        if (!allows(host)) {
            throw ProblemType.MISDIRECTED.because("This server is not known as '" + host
                    + "'. While it asks nobody for credentials, it is called by an address, by"
                    + " localhost, or by a name that is listed in 'hosts'.");
        }
        recent = host;
    }

    private boolean allows(String host) {
        HostPort authority = HostPort.parse(host);
        return authority != null && knows(authority.host().toLowerCase(Locale.ROOT));
    }

    private boolean knows(String host) {
        if (host.startsWith("[")) {
            return ClientAddress.parse(host.substring(1, host.length() - 1)).isPresent();
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || listed.contains(name)
                || ClientAddress.parse(host).isPresent();
    }
}
