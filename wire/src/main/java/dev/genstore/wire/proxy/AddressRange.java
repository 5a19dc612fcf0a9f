package dev.genstore.wire.proxy;

import dev.genstore.router.ClientAddress;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, or a single one (RFC 4632, 3.1). Immutable.
 *
 * @param address one of them
 * @param prefixBits how many bits all of them have in common with it
 */
public record AddressRange(ClientAddress address, int prefixBits) {
    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

    public AddressRange {
        Objects.requireNonNull(address.ip(), "address");
        Objects.checkIndex(prefixBits, bits(address.ip()) + 1);
    }

    /** The range that is written so: {@code 10.0.0.0/8}, or {@code ::1} for a single address. */
    public static Optional<AddressRange> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? ClientAddress.parse(parts.group(1)).flatMap(ip -> of(ip, parts.group(2)))
                : Optional.empty();
    }

    private static Optional<AddressRange> of(ClientAddress address, String prefix) {
        int bits = bits(Objects.requireNonNull(address.ip()));
        int prefixBits = prefix == null ? bits : Integer.parseInt(prefix);
        return prefixBits > bits
                ? Optional.empty()
                : Optional.of(new AddressRange(address, prefixBits));
    }

    /** Whether this one is among them. */
    public boolean contains(ClientAddress other) {
        if (other.ip() == null) {
            return false;
        }
        byte[] mine = Objects.requireNonNull(address.ip()).getAddress();
        byte[] its = other.ip().getAddress();
        return mine.length == its.length && beginAlike(mine, its);
    }

    private boolean beginAlike(byte[] mine, byte[] its) {
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bits(InetAddress ip) {
        return ip.getAddress().length * Byte.SIZE;
    }
}
