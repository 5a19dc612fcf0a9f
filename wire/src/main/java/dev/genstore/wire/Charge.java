package dev.genstore.wire;

import dev.genstore.router.Method;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.rates.Toll;

/**
 * What one request counts for: first for the address that it comes from, and for who makes it when
 * that is known. Confined to the peer's loop.
 */
final class Charge {
    /** For so many bytes a write counts as one more. */
    private static final int WRITE_BYTES = 1 << 10;

    private final Peer peer;
    private Toll toll = Toll.NONE;
    private long weight;

    Charge(Peer peer) {
        this.peer = peer;
    }

    /**
     * Counts it for the address.
     *
     * @throws dev.genstore.resource.Problem 429 when it is one too many
     */
    void toAddress(HttpRequest received) {
        weight = weight(received);
        toll = peer.visit().request(weight);
    }

    /** As a write: the longer it is, the more is stored. */
    private static long weight(HttpRequest received) {
        Method method = Method.named(received.method());
        boolean isRead = method == null || method.isSafe();
        return isRead ? 0 : 1 + received.body().bytes().length / WRITE_BYTES;
    }

    /**
     * Counts it for who makes it.
     *
     * @throws dev.genstore.resource.Problem 429 when it is one too many
     */
    void to(Principal who) {
        toll = toll.and(peer.visit().request(who, weight));
    }

    /** The answer with what is left. */
    Reply mark(Reply reply) {
        return toll.mark(reply);
    }
}
