package dev.genstore.wire.websocket;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The bytes of a message that is not text.
 *
 * <p>Immutable, as long as nobody writes into {@link #bytes()}.
 */
public final class Payload {
    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /** Wraps these bytes without copying them. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes);
    }

    /** The bytes themselves; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
