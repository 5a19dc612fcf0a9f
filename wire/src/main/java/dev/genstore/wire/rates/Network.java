package dev.genstore.wire.rates;

import dev.genstore.router.ClientAddress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The addresses that count as one: an IPv4 address, or the 64 bits of an IPv6 address that its
 * provider gives out; the other 64 its owner chooses (RFC 4291, 2.5.4). Immutable.
 *
 * @param isShort whether it is of IPv4
 * @param bits the address, or its first half
 */
record Network(boolean isShort, long bits) {
    /** All whose address is not known count as one. */
    static final Network UNKNOWN = new Network(true, -1);

    /** This machine itself, whose programs are not limited by where they are. */
    static final Network HERE = new Network(true, -2);

    static Network of(ClientAddress client) {
        InetAddress ip = client.ip();
        if (ip == null) {
            return UNKNOWN;
        }
        ByteBuffer bytes = ByteBuffer.wrap(ip.getAddress());
        return ip instanceof Inet4Address
                ? new Network(true, Integer.toUnsignedLong(bytes.getInt()))
                : new Network(false, bytes.getLong());
    }

    static boolean isLoopback(ClientAddress client) {
        InetAddress ip = client.ip();
        return ip != null && ip.isLoopbackAddress();
    }
}
