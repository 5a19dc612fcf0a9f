package dev.genstore.router;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a client is: its IP address without the port, which says nothing of who it is. Behind a proxy
 * that is trusted it is what the proxy says. One place has one address: what IPv6 has of IPv4 is
 * IPv4, and there are no zones. Immutable.
 *
 * @param ip the address; null when it is not known
 */
public record ClientAddress(@Nullable InetAddress ip) {
    /** It is not known: the peer was gone before it was looked at, or its proxy does not tell. */
    public static final ClientAddress UNKNOWN = new ClientAddress(null);

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    public ClientAddress {
        ip = ip instanceof Inet6Address ? plain(ip.getAddress()) : ip;
    }

    private static InetAddress plain(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The address of a socket's other end. */
    public static ClientAddress of(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? new ClientAddress(internet.getAddress())
                : UNKNOWN;
    }

    /** The address that is written so, four numbers or IPv6 without brackets; nothing is looked up. */
    public static Optional<ClientAddress> parse(String text) {
        if (IPV4.matcher(text).matches()) {
            return Optional.of(new ClientAddress(Inet4Address.ofLiteral(text)));
        }
        return text.contains(":") && IPV6.matcher(text).matches()
                ? parseIpv6(text)
                : Optional.empty();
    }

    private static Optional<ClientAddress> parseIpv6(String text) {
        try {
            return Optional.of(new ClientAddress(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /**
     * The addresses that count as one, as one writes them: an IPv4 address, or the 64 bits of an IPv6
     * address that its provider gives out; the other 64 its owner chooses (RFC 4291, 2.5.4).
     */
    public String network() {
        return ip instanceof Inet6Address six
                ? plain(Arrays.copyOf(Arrays.copyOf(six.getAddress(), 8), 16)).getHostAddress()
                        + "/64"
                : toString();
    }

    /** As one writes it in a log, for example {@code 192.0.2.7}; {@code unknown} when it is not. */
    @Override
    public String toString() {
        return ip == null ? "unknown" : Objects.requireNonNull(ip.getHostAddress());
    }
}
