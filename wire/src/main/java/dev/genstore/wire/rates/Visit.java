package dev.genstore.wire.rates;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.wire.http.ByteBudget;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A connection, as far as it counts: at one address, and somebody's as soon as he has said who he is.
 * Before that only what its address does is limited, and of the own machine only that it guesses.
 *
 * <p>Confined to the connection's loop, but for one that is not counted, which all share and which is
 * never changed.
 */
public final class Visit {
    /** For so many looked at, an answer counts as one request more: a row costs a hundredth of one. */
    static final int LOOKED_PER_REQUEST = 100;

    private static final String ADDRESS = "This address";
    private static final String PRINCIPAL = "Who you are";

    /** What each try costs a look for: while an issuer is away it can't be told which ones are good. */
    private static final Set<ProblemType> FAILURES =
            Set.of(ProblemType.INVALID_TOKEN, ProblemType.ISSUER_UNAVAILABLE);

    private final Rates rates;
    private final @Nullable Network network;
    private final @Nullable Allowance address;
    private final @Nullable Allowance guesses;
    private @Nullable String principalId;
    private @Nullable Allowance principal;
    private int watches;
    private boolean hasLeft;

    /** Without an address, it is not counted. */
    Visit(Rates rates, @Nullable Network network, @Nullable Allowance address) {
        this.rates = rates;
        this.network = network;
        this.guesses = address;
        this.address = Network.HERE.equals(network) ? null : address;
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
     * @param isDirect whether that is where the connection comes from, and not only said by somebody
     * @throws Problem 429 when that address may have no further connection
     */
    public Visit at(ClientAddress now, boolean isDirect) {
        Network there = rates.network(now, isDirect);
        if (hasLeft || there.equals(network)) {
            return this;
        }
        Visit next = rates.arrive(there);
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
        if (network == null || hasLeft || who.isNobody()) {
            return Toll.NONE;
        }
        become(who.id());
        return principal == null ? Toll.NONE : rates.request(principal, PRINCIPAL, writes);
    }

    /**
     * So many resources were looked at for an answer, beyond those that it shows. As that is done, it
     * is the next requests that are refused if it was too much.
     */
    public void look(long count) {
        owe(Rate.REQUESTS, count / LOOKED_PER_REQUEST);
    }

    /**
     * What a request has written weighs so many writes more than it was counted for. As that is done,
     * it is the next ones that are refused if it was too much.
     */
    public void write(long count) {
        owe(Rate.WRITES, count);
    }

    /** Who hangs up owes what is done for him behind that as well. */
    private void owe(Rate rate, long count) {
        if (count > 0 && network != null && address != null) {
            rates.owe(network, rate, count);
        }
        if (count > 0 && principalId != null) {
            rates.owe(principalId, rate, count);
        }
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
        if (guesses != null && !guesses.has(Rate.FAILURES)) {
            throw rates.refusal(Rate.FAILURES, guesses.take(Rate.FAILURES, 1), ADDRESS);
        }
    }

    /**
     * What is answered to credentials that are no good, or not known to be: the problem, or 429 when
     * there were too many.
     */
    public Problem failed(Problem problem) {
        if (guesses == null || !FAILURES.contains(problem.type())) {
            return problem;
        }
        Taken taken = guesses.take(Rate.FAILURES, 1);
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
        if (network == null || hasLeft) {
            return;
        }
        watches += begun;
        if (address != null) {
            address.addWatches(begun);
        }
        if (principal != null) {
            principal.addWatches(begun);
        }
    }

    /**
     * The connection is gone, and with it its watches. What else comes for it counts nothing any more,
     * but that it owes what is still done for it.
     */
    public void leave() {
        if (network == null || guesses == null || hasLeft) {
            return;
        }
        addWatches(-watches);
        leavePrincipal();
        hasLeft = true;
        rates.leave(network, guesses);
    }

    private void leavePrincipal() {
        if (principal != null && principalId != null) {
            rates.leave(principalId, principal);
        }
        principal = null;
    }
}
