package dev.genstore.wire;

import dev.genstore.router.Method;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.rates.Toll;
import dev.genstore.wire.rates.Visit;

import org.jspecify.annotations.Nullable;

/**
 * What one request counts for: first for the address that it comes from, and for who makes it when
 * that is known. Confined to the peer's loop.
 */
final class Charge {
    /** For so many bytes a write counts as one more. */
    private static final int WRITE_BYTES = 1 << 10;

    private final Peer peer;
    private Toll toll = Toll.NONE;
    private @Nullable Visit visit;
    private long weight;
    private long writtenBytes;

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
        visit = peer.visit();
        toll = visit.request(weight);
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
        visit = peer.visit();
        toll = toll.and(visit.request(who, weight));
    }

    /**
     * So many bytes of resources, before and after, were read and made for it: what is more than its
     * body is owed.
     */
    void settle(long bytes) {
        writtenBytes += bytes;
        long owed = 1 + writtenBytes / WRITE_BYTES - weight;
        if (visit != null && writtenBytes >= WRITE_BYTES && owed > 0) {
            visit.write(owed);
            weight += owed;
        }
    }

    /** The answer with what is left. */
    Reply mark(Reply reply) {
        return toll.mark(reply);
    }
}
