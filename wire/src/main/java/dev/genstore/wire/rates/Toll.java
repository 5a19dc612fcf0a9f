package dev.genstore.wire.rates;

import dev.genstore.router.Reply;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * What a request has cost its client, and what is left to it. Immutable.
 */
public final class Toll {
    /** Of a request that is not counted. */
    public static final Toll NONE = new Toll("", null, null);

    static final String POLICY_FIELD = "RateLimit-Policy";
    static final String FIELD = "RateLimit";

    private final String policies;
    private final @Nullable Taken requests;
    private final @Nullable Taken writes;

    Toll(String policies, @Nullable Taken requests, @Nullable Taken writes) {
        this.policies = policies;
        this.requests = requests;
        this.writes = writes;
    }

    /** What it has cost two who share it, of whom the one with less left is told. */
    public Toll and(Toll other) {
        if (policies.isEmpty() || other.policies.isEmpty()) {
            return policies.isEmpty() ? other : this;
        }
        return new Toll(policies, least(requests, other.requests), least(writes, other.writes));
    }

    private static @Nullable Taken least(@Nullable Taken one, @Nullable Taken other) {
        return one == null || other == null || one.left() <= other.left() ? one : other;
    }

    /** The answer with what is left, as draft-ietf-httpapi-ratelimit-headers-10 has it. */
    public Reply mark(Reply reply) {
        if (policies.isEmpty()) {
            return reply;
        }
        String left = left(Rate.REQUESTS, requests);
        String leftToWrite = left(Rate.WRITES, writes);
        String both = left + (left.isEmpty() || leftToWrite.isEmpty() ? "" : ", ") + leftToWrite;
        Reply marked = reply.with(POLICY_FIELD, policies);
        return both.isEmpty() ? marked : marked.with(FIELD, both);
    }

    private static String left(Rate rate, @Nullable Taken taken) {
        return taken == null || taken.equals(Taken.UNLIMITED) ? "" : told(rate, taken);
    }

    /** A member of the field: how many are left, and in how many seconds there are all again. */
    static String told(Rate rate, Taken taken) {
        return '"' + rate.policy() + "\";r=" + taken.left() + ";t=" + seconds(taken.fullNanos());
    }

    /** Whole ones, and not too few. */
    static long seconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
