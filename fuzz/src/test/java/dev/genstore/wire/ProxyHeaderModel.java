package dev.genstore.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reading of headers of the PROXY protocol, as its specification has them. It understands what
 * proxies write, and says nothing of the rest.
 */
final class ProxyHeaderModel {
    private static final String IPV4 =
            "((?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3})";
    private static final String PORT = "(?:6553[0-5]|[1-5][0-9]{4}|[1-9][0-9]{0,3})";
    private static final Pattern TEXT =
            Pattern.compile("PROXY TCP4 " + IPV4 + " " + IPV4 + " " + PORT + " " + PORT + "\r\n");
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int TEXT_BYTES_MAX = 107;
    private static final int FIXED_BYTES = 16;
    private static final int MORE_BYTES_MAX = 4 << 10;

    private ProxyHeaderModel() {}

    /**
     * What stands in bytes.
     *
     * @param isWhole whether it is understood
     * @param address of whom it tells, or {@code none}
     * @param rest what is behind it, each byte as a character
     */
    record Meant(boolean isWhole, String address, String rest) {
        static final Meant NOTHING = new Meant(false, "", "");
    }

    /** Whether it is a line of more than 107 characters, which a decoder may refuse before it has the end. */
    static boolean isTooLong(byte[] input) {
        int end = new String(input, ISO_8859_1).indexOf("\r\n");
        return input.length > TEXT_BYTES_MAX
                && input[0] == 'P'
                && (end < 0 || end + 2 > TEXT_BYTES_MAX);
    }

    static Meant of(byte[] input) {
        Matcher text = TEXT.matcher(new String(input, ISO_8859_1));
        if (text.lookingAt()) {
            return new Meant(true, text.group(1), from(input, text.end()));
        }
        boolean isBinary = input.length >= FIXED_BYTES
                && Arrays.equals(SIGNATURE, Arrays.copyOf(input, SIGNATURE.length));
        return isBinary ? binary(input) : Meant.NOTHING;
    }

    private static Meant binary(byte[] input) {
        int command = input[12];
        int family = input[13];
        int length = ((input[14] & 0xFF) << 8) | (input[15] & 0xFF);
        int addressBytes = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
        boolean isWhole = input.length >= FIXED_BYTES + length && length <= MORE_BYTES_MAX;
        boolean isPlain = addressBytes > 0 && length == 2 * addressBytes + 4;
        if (!isWhole || !isPlain || (command != 0x21 && command != 0x20)) {
            return Meant.NOTHING;
        }
        byte[] address = Arrays.copyOfRange(input, FIXED_BYTES, FIXED_BYTES + addressBytes);
        return new Meant(
                true,
                command == 0x20 ? "none" : written(address),
                from(input, FIXED_BYTES + length));
    }

    private static String written(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String from(byte[] input, int at) {
        return new String(input, at, input.length - at, ISO_8859_1);
    }
}
