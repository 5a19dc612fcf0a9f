package dev.genstore.wire.websocket;

/**
 * Writes the symbols of DEFLATE in its fixed codes (RFC 1951, 3.2.5 and 3.2.6): codes with their
 * first bit first, numbers with their last.
 *
 * <p>Confined to one message.
 */
final class FixedCodes {
    static final int LENGTH_MIN = 3;
    static final int LENGTH_MAX = 258;

    private static final int END_OF_BLOCK_BITS = 7;
    private static final int[] LITERALS = new int[256];
    private static final int[] LENGTHS = new int[LENGTH_MAX + 1];

    /** Of each code how long it is, in the upper half, and its bits, extra ones too, in the lower. */
    private static final int SIZE_SHIFT = 16;

    private static final int DISTANCE_CODE_BITS = 5;

    static {
        for (int literal = 0; literal < LITERALS.length; literal++) {
            LITERALS[literal] =
                    literal < 144 ? code(0x30 + literal, 8) : code(0x190 + literal - 144, 9);
        }
        for (int length = LENGTH_MIN; length <= LENGTH_MAX; length++) {
            LENGTHS[length] = lengthCode(length);
        }
    }

    private final byte[] to;
    private int at;
    private long bits;
    private int count;

    FixedCodes(byte[] to, int at) {
        this.to = to;
        this.at = at;
    }

    /** Begins a block that is not the last and has the fixed codes. */
    void beginBlock() {
        put(0b010, 3);
    }

    void literal(byte value) {
        putCode(LITERALS[value & 0xFF]);
    }

    /** So many bytes are the same as those that stand this far before. */
    void repeat(int length, int distance) {
        putCode(LENGTHS[length]);
        int above = distance - 1;
        int extra = above < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(above);
        int symbol = 2 * extra + (above >>> extra);
        put(reversed(symbol, DISTANCE_CODE_BITS), DISTANCE_CODE_BITS);
        put(above & ((1 << extra) - 1), extra);
    }

    /**
     * Ends the block, and begins the empty one that is not compressed, up to where its length would
     * stand.
     *
     * @return behind the last byte
     */
    int endMessage() {
        put(0, END_OF_BLOCK_BITS);
        put(0, 3);
        while (count > 0) {
            to[at++] = (byte) bits;
            bits >>>= Byte.SIZE;
            count -= Byte.SIZE;
        }
        return at;
    }

    private void putCode(int code) {
        put(code & 0xFFFF, code >>> SIZE_SHIFT);
    }

    private void put(int value, int size) {
        bits |= (long) value << count;
        count += size;
        while (count >= Byte.SIZE) {
            to[at++] = (byte) bits;
            bits >>>= Byte.SIZE;
            count -= Byte.SIZE;
        }
    }

    private static int code(int bits, int size) {
        return (size << SIZE_SHIFT) | reversed(bits, size);
    }

    private static int reversed(int bits, int size) {
        return Integer.reverse(bits) >>> (Integer.SIZE - size);
    }

    /** The code of a length with the bits that tell it from others of the same code. */
    private static int lengthCode(int length) {
        if (length == LENGTH_MAX) {
            return code(0xC0 + 285 - 280, 8);
        }
        int above = length - LENGTH_MIN;
        int extra = above < 8 ? 0 : 29 - Integer.numberOfLeadingZeros(above);
        int symbol = 257 + 4 * extra + (above >>> extra);
        int code = symbol < 280 ? code(symbol - 256, 7) : code(0xC0 + symbol - 280, 8);
        int size = code >>> SIZE_SHIFT;
        int extraBits = above & ((1 << extra) - 1);
        return ((size + extra) << SIZE_SHIFT) | (extraBits << size) | (code & 0xFFFF);
    }
}
