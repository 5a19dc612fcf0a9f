package dev.genstore.wire.websocket;

/** Why a WebSocket ends (RFC 6455, 7.4 and the IANA registry). */
public final class CloseCode {
    /** Done; nothing went wrong. */
    public static final int NORMAL = 1000;

    /** The server stops or the page is left. */
    public static final int GOING_AWAY = 1001;

    /** The peer broke a rule of RFC 6455. */
    public static final int PROTOCOL_ERROR = 1002;

    /** The peer sent a kind of message that is not understood here. */
    public static final int UNSUPPORTED = 1003;

    /** Stands for a Close without a code; never sent. */
    public static final int NONE = 1005;

    /** Text that is not UTF-8, or a message that can't be inflated. */
    public static final int NOT_UTF_8 = 1007;

    /** Not allowed. */
    public static final int POLICY = 1008;

    /** The message is too big. */
    public static final int TOO_BIG = 1009;

    /** The server's fault. */
    public static final int INTERNAL = 1011;

    /** What is told begins anew; the peer may come back with its position. */
    public static final int RESTART = 1012;

    /** The peer reads too slowly; it may come back with its position. */
    public static final int TOO_SLOW = 1013;

    /** What is watched can't be told, and could not when it is asked for again. */
    public static final int REFUSED = 4400;

    /** The peer's credentials expired or were revoked; it may come back with others. */
    public static final int CREDENTIALS = 4401;

    /** The peer may not see any more what it watches. */
    public static final int FORBIDDEN = 4403;

    private CloseCode() {}

    /** Whether a Close may carry this code (RFC 6455, 7.4.1 and 7.4.2). */
    public static boolean maySend(int code) {
        return (code >= 1000 && code <= 1003)
                || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }
}
