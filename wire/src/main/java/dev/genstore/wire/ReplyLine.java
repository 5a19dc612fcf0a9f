package dev.genstore.wire;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.Recipient;
import dev.genstore.wire.websocket.Handshake;

import org.jspecify.annotations.Nullable;

/**
 * The way back to who made a request: a connection of HTTP/1.1, or a stream of HTTP/2. What is done
 * about the request knows nothing else of it.
 *
 * <p>Confined to the peer's loop.
 */
interface ReplyLine extends Conversation {
    /** Answers. Where that can't be done, nobody is left to wait. */
    void reply(Reply reply, Recipient recipient);

    /** The answer begins with this head and goes on as a stream. */
    void stream(Reply head, Recipient recipient, Asking.Stream asked);

    /** It goes on as a WebSocket; there is no way to ask for one in HTTP/2. */
    default void upgrade(Handshake handshake, WebSocketConnection socket, Runnable begin) {
        throw new IllegalStateException("nobody can have asked for a WebSocket here");
    }

    /** What is done about the request that is answered now, or null when there is none. */
    @Nullable Exchange exchange();

    /** Who waits for an answer is given one. */
    @Override
    default void dismiss() {
        Exchange waiting = exchange();
        if (waiting != null) {
            waiting.end();
        }
    }

    /** Who waits for an answer is given one by the present rules. */
    @Override
    default void review(int retryAfterMillis) {
        Exchange waiting = exchange();
        if (waiting != null) {
            waiting.review();
        }
    }

    /** The request can't be answered. */
    void broke(Throwable failure);

    /**
     * Makes sure that something may begin that goes on: who a peer is may be known only when the
     * server stops already, and nothing would end it in good order then.
     *
     * @throws dev.genstore.resource.Problem 503 when it may not
     */
    void checkMayGoOn();

    /** Why nothing begins any more that goes on. */
    static Problem stopping() {
        return ProblemType.STOPPING
                .because("The server is stopping; come back with your position.")
                .with("Retry-After", "1");
    }

    /** Why a request is not waited for any longer. */
    static Problem tooSlow() {
        return ProblemType.REQUEST_TIMEOUT.because("The request was not complete in time.");
    }
}
