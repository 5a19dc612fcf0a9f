package dev.genstore.wire.rates;

import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;

import tools.jackson.databind.node.JsonNodeFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rates whose time goes by when it is told to. Confined to one thread. */
final class RateRig {
    /** A connection, a watch and a write each second, and ten at once; of requests five times as many. */
    static final ClientLimits SMALL = new ClientLimits(3, 2, 5, 1, false);

    private final List<Refusal> refusals = new ArrayList<>();
    private final Rates rates;
    private long nowNanos = 1_000_000_000;

    RateRig(ClientLimits limits) {
        rates = new Rates(limits, refusals::add, () -> nowNanos);
    }

    Rates rates() {
        return rates;
    }

    Visit visit(String address) {
        return rates.visit(at(address), true);
    }

    static ClientAddress at(String address) {
        try {
            return new ClientAddress(InetAddress.getByName(address));
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(address, wrong);
        }
    }

    static Principal principal(String id) {
        return new Principal(
                id, Principal.Kind.KEY, Set.of(), JsonNodeFactory.instance.objectNode(), null);
    }

    void advance(Duration time) {
        nowNanos += time.toNanos();
    }

    /** What was refused, in order. */
    List<Refusal> refusals() {
        return refusals;
    }
}
