package dev.genstore.wire.rates;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.wire.http.ByteBudget;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/**
 * A connection, as far as it counts: at one address, and somebody's as soon as he has said who he is.
 * Before that only what its address does is limited.
 *
 * <p>Confined to the connection's loop, but for one that is not counted, which all share and which is
 * never changed.
 */
public final class Visit {
    private static final String ADDRESS = "This address";
    private static final String PRINCIPAL = "Who you are";

    private final Rates rates;
    private final @Nullable Network network;
    private final @Nullable Allowance address;
    private @Nullable String principalId;
    private @Nullable Allowance principal;
    private int watches;
    private boolean hasLeft;

    /** Without an address, it is not counted. */
    Visit(Rates rates, @Nullable Network network, @Nullable Allowance address) {
        this.rates = rates;
        this.network = network;
        this.address = address;
    }

    /**
     * Counts that it was opened.
     *
     * @throws Problem 429 when connections are opened too fast
     */
    void open() {
        if (address != null) {
            rates.take(address, Rate.CONNECTIONS, 1, ADDRESS);
        }
    }

    /**
     * The visit that goes on from this address: this one, or, where a proxy has brought somebody else,
     * another one.
     *
     * @throws Problem 429 when that address may have no further connection
     */
    public Visit at(ClientAddress now) {
        if (hasLeft || isAt(now)) {
            return this;
        }
        Visit next = rates.arrive(now);
        leave();
        return next;
    }

    /**
     * The visit of a stream of this connection. It is one more, but was not opened like one: it is its
     * requests that count.
     *
     * @throws Problem 429 when the address may have no further one
     */
    public Visit branch() {
        return network == null ? this : rates.arrive(network);
    }

    private boolean isAt(ClientAddress now) {
        return network == null ? !rates.counts(now) : network.equals(Network.of(now));
    }

    /**
     * Counts a request of this address.
     *
     * @param writes what it weighs as a write; 0 for none
     * @throws Problem 429 when it is one too many
     */
    public Toll request(long writes) {
        return address == null ? Toll.NONE : rates.request(address, ADDRESS, writes);
    }

    /**
     * Counts the same request as one of somebody.
     *
     * @throws Problem 429 when it is one too many
     */
    public Toll request(Principal who, long writes) {
        if (address == null || hasLeft || who.isNobody()) {
            return Toll.NONE;
        }
        become(who.id());
        return principal == null ? Toll.NONE : rates.request(principal, PRINCIPAL, writes);
    }

    private void become(String id) {
        if (!id.equals(principalId)) {
            leavePrincipal();
            principal = rates.enter(id);
            principalId = id;
        }
    }

    /** Whose the bytes are that the connection holds: its address's. */
    public List<ByteBudget.Account> holders() {
        return address == null ? List.of() : List.of(address.held());
    }

    /** The same while a request of this one is answered: his as well. */
    public List<ByteBudget.Account> holders(Principal who) {
        return principal == null || !who.id().equals(principalId)
                ? holders()
                : Stream.concat(holders().stream(), Stream.of(principal.held())).toList();
    }

    /**
     * Makes sure that the address may try credentials that are not known to be good.
     *
     * @throws Problem 429 when too many were not
     */
    public void requireTries() {
        if (address != null && !address.has(Rate.FAILURES)) {
            throw rates.refusal(Rate.FAILURES, address.take(Rate.FAILURES, 1), ADDRESS);
        }
    }

    /** What is answered to credentials that are no good: the problem, or 429 when there were too many. */
    public Problem failed(Problem problem) {
        if (address == null || problem.type() != ProblemType.INVALID_TOKEN) {
            return problem;
        }
        Taken taken = address.take(Rate.FAILURES, 1);
        return taken.isTaken() ? problem : rates.refusal(Rate.FAILURES, taken, ADDRESS);
    }

    /**
     * Makes sure that a watch may begin, and counts that.
     *
     * @throws Problem 429 when it may not
     */
    public void requireWatch() {
        if (address != null) {
            requireWatch(address, ADDRESS);
        }
        if (principal != null) {
            requireWatch(principal, PRINCIPAL);
        }
    }

    private void requireWatch(Allowance allowance, String whose) {
        if (!allowance.hasRoomForWatch()) {
            throw rates.tooManyWatches(whose);
        }
        rates.take(allowance, Rate.WATCHES, 1, whose);
    }

    /** It has begun. */
    public void watch() {
        addWatches(1);
    }

    /** One that has begun has ended. */
    public void unwatch() {
        addWatches(-1);
    }

    private void addWatches(int begun) {
        if (address == null || hasLeft) {
            return;
        }
        watches += begun;
        address.addWatches(begun);
        if (principal != null) {
            principal.addWatches(begun);
        }
    }

    /**
     * The connection is gone, and with it its watches. What was looked up for it meanwhile may still
     * come, and counts nothing then.
     */
    public void leave() {
        if (network == null || address == null || hasLeft) {
            return;
        }
        addWatches(-watches);
        leavePrincipal();
        hasLeft = true;
        rates.leave(network, address);
    }

    private void leavePrincipal() {
        if (principal != null && principalId != null) {
            rates.leave(principalId, principal);
        }
        principal = null;
        principalId = null;
    }
}
