package dev.genstore.wire.websocket;

/**
 * What a client did wrong, with the close code that tells it so. It carries no stack trace, as it is
 * an answer and not a bug. Immutable.
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int closeCode;

    ProtocolViolation(int closeCode, String reason) {
        super(reason, null, false, false);
        this.closeCode = closeCode;
    }

    static ProtocolViolation protocolError(String reason) {
        return new ProtocolViolation(CloseCode.PROTOCOL_ERROR, reason);
    }

    static ProtocolViolation notUtf8() {
        return new ProtocolViolation(CloseCode.NOT_UTF_8, "The text is not UTF-8.");
    }

    static ProtocolViolation notDeflate() {
        return new ProtocolViolation(CloseCode.NOT_UTF_8, "The message can't be inflated.");
    }

    static ProtocolViolation tooBig(String reason) {
        return new ProtocolViolation(CloseCode.TOO_BIG, reason);
    }

    /** One of {@link CloseCode}. */
    public int closeCode() {
        return closeCode;
    }

    /** What was wrong, fit for the reason of a Close. */
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
