package dev.genstore.wire.websocket;

/**
 * The first two bytes of a client's frame (RFC 6455, 5.2), without those that follow them for a long
 * length and the mask.
 *
 * <p>Immutable.
 *
 * @param isFinal whether the frame ends its message
 * @param opcode what it is
 * @param isDeflated whether it begins a message that is compressed (RFC 7692, 6)
 * @param shortLength the length, or {@value #TWO_BYTES_FOLLOW} or {@value #EIGHT_BYTES_FOLLOW}
 */
record FrameStart(boolean isFinal, Opcode opcode, boolean isDeflated, int shortLength) {
    static final int SHORT_MAX = 125;
    static final int TWO_BYTES_FOLLOW = 126;
    static final int EIGHT_BYTES_FOLLOW = 127;

    /** RSV1, as permessage-deflate uses it. */
    static final int DEFLATED_BIT = 0x40;

    private static final int RESERVED_BITS = 0x70;

    /**
     * Reads and checks the two bytes.
     *
     * @param mayDeflate whether compression is agreed on
     * @throws ProtocolViolation when a client may not send such a frame
     */
    static FrameStart of(int twoBytes, boolean mayDeflate) {
        int first = twoBytes >> 8;
        int second = twoBytes & 0xFF;
        int reserved = first & RESERVED_BITS;
        require(reserved == 0 || mayDeflate, "No extension is agreed on; RSV bits must be 0.");
        Opcode opcode = Opcode.of(first & 0x0F);
        require(
                reserved == 0 || (reserved == DEFLATED_BIT && opcode.isData()),
                "Of the RSV bits only the first may be set, where a message begins.");
        require((second & 0x80) != 0, "A client must mask its frames.");
        var start = new FrameStart((first & 0x80) != 0, opcode, reserved != 0, second & 0x7F);
        require(
                !opcode.isControl() || (start.isFinal && start.shortLength <= SHORT_MAX),
                "A control frame is whole and has at most 125 bytes.");
        return start;
    }

    /** How many bytes of length follow. */
    int lengthBytes() {
        return switch (shortLength) {
            case TWO_BYTES_FOLLOW -> 2;
            case EIGHT_BYTES_FOLLOW -> 8;
            default -> 0;
        };
    }

    /**
     * The length of the payload.
     *
     * @param following the number in the bytes that follow, if there are any
     * @throws ProtocolViolation when it could have been said in fewer bytes, or is negative
     */
    long length(long following) {
        long leastBytes = switch (shortLength) {
            case TWO_BYTES_FOLLOW -> SHORT_MAX + 1;
            case EIGHT_BYTES_FOLLOW -> 0x1_0000;
            default -> 0;
        };
        require(lengthBytes() == 0 || following >= leastBytes, "The length is malformed.");
        return lengthBytes() == 0 ? shortLength : following;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw ProtocolViolation.protocolError(reason);
        }
    }
}
