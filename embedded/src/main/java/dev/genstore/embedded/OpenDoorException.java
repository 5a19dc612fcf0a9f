package dev.genstore.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A store was to be reached from other machines while it asks nobody for credentials, and nobody has
 * said that this is meant. Immutable.
 */
public final class OpenDoorException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private OpenDoorException(String host) {
        super("Everybody who can connect to " + host
                + " could read and write everything, as there are no credentials yet. Make an API key"
                + " (ApiKeys.in), name an issuer, listen on 127.0.0.1, or call insecure().");
    }

    /** Makes sure that a store without credentials is reached from this machine only. */
    static void requireLoopback(String host) {
        if (!isLoopback(host)) {
            throw new OpenDoorException(host);
        }
    }

    /** Where nothing is known by this name nobody can listen, and that is told elsewhere. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return true;
        }
    }
}
