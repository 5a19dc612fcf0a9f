package dev.genstore.wire.websocket;

import dev.genstore.wire.http.Body;

/** What a client says over a WebSocket. Immutable. */
public sealed interface Message {
    /** A text message, whole. */
    record Text(String text) implements Message {}

    /** A binary message, whole. */
    record Binary(Body payload) implements Message {}

    /** A ping; it wants a pong with the same payload (RFC 6455, 5.5.2). */
    record Ping(Body payload) implements Message {}

    /** A pong. */
    record Pong(Body payload) implements Message {}

    /**
     * The last message. Nothing that follows counts.
     *
     * @param code the close code, {@link CloseCode#NONE} when it gave none
     * @param reason why, in words; may be empty
     */
    record Close(int code, String reason) implements Message {}
}
