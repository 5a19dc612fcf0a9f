package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * Where a client is: its IP address without the port, which says nothing of who it is. Behind a proxy
 * that is trusted it is what the proxy says. Immutable.
 *
 * @param ip the address; null when it is not known
 */
public record ClientAddress(@Nullable InetAddress ip) {
    /** It is not known: the peer was gone before it was looked up, or its proxy does not tell. */
    public static final ClientAddress UNKNOWN = new ClientAddress(null);

    /** The address of a socket's other end. */
    public static ClientAddress of(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? new ClientAddress(internet.getAddress())
                : UNKNOWN;
    }

    /** As one writes it in a log, for example {@code 192.0.2.7}; {@code unknown} when it is not. */
    @Override
    public String toString() {
        return ip == null ? "unknown" : Objects.requireNonNull(ip.getHostAddress());
    }
}
