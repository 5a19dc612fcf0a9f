package dev.genstore.wire.rates;

import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import tools.jackson.databind.node.JsonNodeFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** What it costs a request to be counted: by its address, by who makes it, and told what is left. */
@State(Scope.Thread)
public class VisitBench {
    private static final ClientLimits LIMITS =
            new ClientLimits(1_000, 10_000, 100_000_000, 100_000_000, false);

    private final Principal principal = new Principal(
            "ann", Principal.Kind.KEY, Set.of(), JsonNodeFactory.instance.objectNode(), null);
    private final Reply reply = Reply.of(200).with("ETag", "\"k3f9-1842\"");
    private ClientAddress address = ClientAddress.UNKNOWN;
    private Visit counted = visit(ClientAddress.UNKNOWN);
    private Visit own = counted;

    @Setup(Level.Iteration)
    public void come() throws UnknownHostException {
        address = new ClientAddress(InetAddress.getByName("192.0.2.7"));
        counted = visit(address);
        own = visit(new ClientAddress(InetAddress.getLoopbackAddress()));
    }

    private static Visit visit(ClientAddress from) {
        return new Rates(LIMITS, of -> {}, System::nanoTime).visit(from, true);
    }

    @Benchmark
    public Reply counted() {
        Visit visit = counted.at(address, true);
        return visit.request(1).and(visit.request(principal, 1)).mark(reply);
    }

    @Benchmark
    public Reply onTheOwnMachine() {
        return own.request(1).and(own.request(principal, 1)).mark(reply);
    }
}
