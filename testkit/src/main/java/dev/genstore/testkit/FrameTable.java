package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames as the tables write them, and a client's side of making them. */
public final class FrameTable {
    private static final Pattern PART =
            Pattern.compile("\\[(?<first>[0-9a-f]{2})(?: (?<payload>[^]]*))?]|(?<hex>[0-9a-f]+)");
    private static final int KEY = 0x37fa213d;

    private FrameTable() {}

    /** The bytes of all frames of a cell. */
    public static byte[] bytes(String written) {
        var bytes = new ByteArrayOutputStream();
        Matcher part = PART.matcher(written);
        while (part.find()) {
            String hex = part.group("hex");
            bytes.writeBytes(
                    hex != null
                            ? HexFormat.of().parseHex(hex)
                            : frame(part.group("first"), part.group("payload")));
        }
        return bytes.toByteArray();
    }

    private static byte[] frame(String first, @Nullable String payload) {
        return masked(
                Integer.parseInt(first, 16), payload == null ? new byte[0] : Table.bytes(payload));
    }

    /** A frame with this first byte, the shortest form of its length, and a mask. */
    public static byte[] masked(int first, byte[] payload) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(first);
        if (payload.length < 126) {
            bytes.write(0x80 | payload.length);
        } else if (payload.length < 0x1_0000) {
            bytes.write(0x80 | 126);
            number(payload.length, 2, bytes);
        } else {
            bytes.write(0x80 | 127);
            number(payload.length, 8, bytes);
        }
        number(KEY, 4, bytes);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ (KEY >>> (24 - i % 4 * 8)));
        }
        return bytes.toByteArray();
    }

    private static void number(long number, int count, ByteArrayOutputStream to) {
        for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
            to.write((int) (number >>> shift));
        }
    }
}
