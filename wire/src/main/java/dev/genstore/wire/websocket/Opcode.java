package dev.genstore.wire.websocket;

/** What a frame is (RFC 6455, 5.2). */
enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private final int bits;

    Opcode(int bits) {
        this.bits = bits;
    }

    /**
     * The opcode of these four bits.
     *
     * @throws ProtocolViolation when they are reserved
     */
    static Opcode of(int bits) {
        return switch (bits) {
            case 0x0 -> CONTINUATION;
            case 0x1 -> TEXT;
            case 0x2 -> BINARY;
            case 0x8 -> CLOSE;
            case 0x9 -> PING;
            case 0xA -> PONG;
            default ->
                throw ProtocolViolation.protocolError(
                        "The opcode " + Integer.toHexString(bits) + " is reserved.");
        };
    }

    /** The first byte of a frame that is a whole message. */
    int firstByte() {
        return 0x80 | bits;
    }

    /** These begin a message. */
    boolean isData() {
        return this == TEXT || this == BINARY;
    }

    /** Control frames are short, whole, and may come between the frames of a message. */
    boolean isControl() {
        return bits >= 0x8;
    }
}
