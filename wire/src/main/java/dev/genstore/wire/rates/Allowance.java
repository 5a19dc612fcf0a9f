package dev.genstore.wire.rates;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.wire.http.ByteBudget;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one client has used of what it may do. What it has not begun to use takes no memory.
 *
 * <p>Thread-safe, but for {@link #holders}, which belongs to its table.
 */
final class Allowance {
    private final ClientLimits limits;
    private final TimeMeter time;
    private final ByteBudget.Account held = new ByteBudget.Account();

    @GuardedBy("this") private @Nullable Map<Rate, Bucket> buckets;

    @GuardedBy("this") private int watches;

    /** How many connections have it. */
    int holders;

    Allowance(ClientLimits limits, TimeMeter time) {
        this.limits = limits;
        this.time = time;
    }

    /** Takes so many of what there is, or nothing where there is less. */
    synchronized Taken take(Rate rate, long wanted) {
        if (rate.perSecond(limits) == 0) {
            return Taken.UNLIMITED;
        }
        long count = Math.min(wanted, rate.atOnce(limits));
        ConsumptionProbe probe = bucket(rate).tryConsumeAndReturnRemaining(count);
        return new Taken(
                probe.isConsumed(),
                Math.max(0, probe.getRemainingTokens()),
                probe.getNanosToWaitForRefill(),
                probe.getNanosToWaitForReset());
    }

    /**
     * Takes so many, even if there are less: what comes next waits until they have come again. That is
     * at most for what can be saved up.
     */
    synchronized void owe(Rate rate, long count) {
        if (rate.perSecond(limits) > 0) {
            bucket(rate).consumeIgnoringRateLimits(Math.min(count, rate.atOnce(limits)));
        }
    }

    /** Whether there is one left. */
    synchronized boolean has(Rate rate) {
        return rate.perSecond(limits) == 0 || bucket(rate).getAvailableTokens() > 0;
    }

    @GuardedBy("this") private Bucket bucket(Rate rate) {
        if (buckets == null) {
            buckets = new EnumMap<>(Rate.class);
        }
        return buckets.computeIfAbsent(rate, this::full);
    }

    /** One that nothing was taken from. Only this object uses it, so it needs no lock of its own. */
    private Bucket full(Rate rate) {
        return Bucket.builder()
                .addLimit(rate.bandwidth(limits))
                .withCustomTimePrecision(time)
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
    }

    /** Whether one more watch is not too many. */
    synchronized boolean hasRoomForWatch() {
        return limits.watchesPerClient() == 0 || watches < limits.watchesPerClient();
    }

    /** So many watches have begun, or have ended where it is negative. */
    synchronized void addWatches(int begun) {
        watches += begun;
    }

    /** What it holds of bodies and answers. */
    ByteBudget.Account held() {
        return held;
    }

    /**
     * Forgets what is as if it had never been used.
     *
     * @return whether that is all
     */
    synchronized boolean rest() {
        if (buckets != null) {
            buckets.entrySet().removeIf(each -> isFull(each.getKey(), each.getValue()));
            buckets = buckets.isEmpty() ? null : buckets;
        }
        return buckets == null && watches == 0 && held.isEmpty();
    }

    private boolean isFull(Rate rate, Bucket bucket) {
        return bucket.getAvailableTokens() >= rate.atOnce(limits);
    }
}
