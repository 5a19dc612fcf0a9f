package dev.genstore.sqlite;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of a row's content. Lengths are part of it, so that no two contents run together.
 *
 * <p>Confined to one row.
 */
final class Checksum {
    private static final long ABSENT = -1;

    private final CRC32C crc = new CRC32C();
    private final byte[] eight = new byte[Long.BYTES];

    Checksum number(long value) {
        for (int i = 0; i < eight.length; i++) {
            eight[i] = (byte) (value >>> (8 * i));
        }
        crc.update(eight, 0, eight.length);
        return this;
    }

    Checksum text(@Nullable String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    Checksum bytes(byte @Nullable [] value) {
        if (value == null) {
            return number(ABSENT);
        }
        number(value.length);
        crc.update(value, 0, value.length);
        return this;
    }

    long value() {
        return crc.getValue();
    }
}
