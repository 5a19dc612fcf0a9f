package dev.genstore.wire.rates;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;

import io.github.bucket4j.TimeMeter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Keeps account of what each client does, by its address and by who it has said it is. Thread-safe.
 */
public final class Rates {
    /** Those that any answer tells of. */
    private static final List<Rate> TOLD = List.of(Rate.REQUESTS, Rate.WRITES);

    private final ClientLimits limits;
    private final Consumer<Refusal> refused;
    private final Allowances<Network> addresses;
    private final Allowances<String> principals;
    private final String policies;
    private final Visit uncounted = new Visit(this, null, null);

    /**
     * An account with nobody in it.
     *
     * @param refused hears of each refusal, on any thread
     * @param nanos tells how time goes by
     */
    public Rates(ClientLimits limits, Consumer<Refusal> refused, LongSupplier nanos) {
        this.limits = limits;
        this.refused = refused;
        TimeMeter time = meter(nanos);
        this.addresses = new Allowances<>(limits, time);
        this.principals = new Allowances<>(limits, time);
        this.policies = TOLD.stream()
                .filter(rate -> rate.perSecond(limits) > 0)
                .map(this::policy)
                .collect(Collectors.joining(", "));
    }

    private static TimeMeter meter(LongSupplier nanos) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /** Of a connection that is not counted yet: a proxy's, which has not said yet whom it brings. */
    public Visit uncounted() {
        return uncounted;
    }

    /**
     * A connection has come from this address.
     *
     * @param isDirect whether that is where the connection comes from, and not only said by somebody
     * @throws Problem 429 when it has too many, or opens them too fast
     */
    public Visit visit(ClientAddress from, boolean isDirect) {
        Visit visit = arrive(network(from, isDirect));
        try {
            visit.open();
            return visit;
        } catch (Problem tooFast) {
            visit.leave();
            throw tooFast;
        }
    }

    /**
     * A connection that there is already is of this address now.
     *
     * @throws Problem 429 when it has too many
     */
    Visit arrive(Network network) {
        boolean isHere = network.equals(Network.HERE);
        int most = isHere ? Integer.MAX_VALUE : most(limits.connectionsPerAddress());
        Allowance allowance = addresses.enter(network, most);
        if (allowance == null) {
            throw refusal(
                    Refusal.CONNECTIONS,
                    "This address has " + limits.connectionsPerAddress() + " connections already.");
        }
        return new Visit(this, network, allowance);
    }

    /** As what an address counts. Of the own machine it is not believed that somebody is there. */
    Network network(ClientAddress from, boolean isDirect) {
        return isDirect && !limits.countsLoopback() && Network.isLoopback(from)
                ? Network.HERE
                : Network.of(from);
    }

    private static int most(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    void leave(Network network, Allowance allowance) {
        addresses.leave(network, allowance);
    }

    /** A connection is somebody's from now on. */
    @Nullable Allowance enter(String principal) {
        return principals.enter(principal, Integer.MAX_VALUE);
    }

    void leave(String principal, Allowance allowance) {
        principals.leave(principal, allowance);
    }

    /** Something was done for an address, whether it is still here or not. */
    void owe(Network network, Rate rate, long count) {
        addresses.owe(network, rate, count);
    }

    /** The same of a principal. */
    void owe(String principal, Rate rate, long count) {
        principals.owe(principal, rate, count);
    }

    /**
     * Counts a request.
     *
     * @param writes what it weighs as a write; 0 for none
     * @throws Problem 429 when it is one too many
     */
    Toll request(Allowance allowance, String whose, long writes) {
        Taken requests = take(allowance, Rate.REQUESTS, 1, whose);
        Taken written = writes == 0 ? null : take(allowance, Rate.WRITES, writes, whose);
        return new Toll(policies, requests, written);
    }

    /**
     * Takes something.
     *
     * @throws Problem 429 when there is not enough
     */
    Taken take(Allowance allowance, Rate rate, long count, String whose) {
        Taken taken = allowance.take(rate, count);
        if (!taken.isTaken()) {
            throw refusal(rate, taken, whose);
        }
        return taken;
    }

    /** 429 for something that is done too often. */
    Problem refusal(Rate rate, Taken taken, String whose) {
        long seconds = Math.max(1, Toll.seconds(taken.enoughNanos()));
        return refusal(rate.refusal(), detail(rate, whose, seconds))
                .with("Retry-After", Long.toString(seconds))
                .with(Toll.POLICY_FIELD, policy(rate))
                .with(Toll.FIELD, Toll.told(rate, taken));
    }

    private String detail(Rate rate, String whose, long seconds) {
        return String.format(
                Locale.ROOT,
                "%s has used up its %s, %,d a second and %,d at once; try again in %,d s.",
                whose,
                rate.what(),
                rate.perSecond(limits),
                rate.atOnce(limits),
                seconds);
    }

    /** 429 for something that there is too much of. */
    Problem refusal(Refusal of, String detail) {
        refused.accept(of);
        return ProblemType.TOO_MANY_REQUESTS.because(detail).with("Retry-After", "1");
    }

    /** 429 for one watch too many. */
    Problem tooManyWatches(String whose) {
        return refusal(
                Refusal.WATCHES,
                whose + " has " + limits.watchesPerClient()
                        + " watches already; end one before you begin another.");
    }

    private String policy(Rate rate) {
        return '"' + rate.policy() + "\";q=" + rate.atOnce(limits) + ";w="
                + ClientLimits.SAVED_SECONDS;
    }

    /** How many clients are known, those included that were here a moment ago. */
    public int clientCount() {
        return addresses.size() + principals.size();
    }

    /** Forgets those who are gone and have been quiet. To be called now and then. */
    public void rest() {
        addresses.rest();
        principals.rest();
    }
}
