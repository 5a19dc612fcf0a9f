package dev.genstore.checks.simulation;

import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Faults.Step;
import dev.genstore.testkit.MemoryDisk;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One random history of a store and its clients. Everything in it follows from the seed, so a seed
 * that fails fails again. It ends when all trouble is over and everybody must have everything.
 */
final class Simulation {
    private static final int PASSES_MAX = 5_000;
    private static final int PASSES_TO_RECOVERY = 100;

    private final long seed;
    private final World world;
    private final Writes writes;
    private final List<Client> clients;
    private final List<PollingClient> pollers;
    private final Schedule all;
    private Node node;
    private int steps;

    Simulation(long seed, Plant plant) {
        this.seed = seed;
        world = new World(seed, plant);
        writes = new Writes(world);
        var disk = new MemoryDisk(world.dice.generator());
        node = new Node(world, new ObservedStorage(world, disk.open()));
        clients = IntStream.range(0, world.setting.watchers())
                .mapToObj(i -> new Client(world, "c" + i))
                .toList();
        pollers = IntStream.range(0, world.setting.pollers())
                .mapToObj(i -> new PollingClient(world, "p" + i))
                .toList();
        all = new Schedule(world.dice);
        plan();
    }

    private void plan() {
        int trouble = world.setting.troublePercent();
        all.add(2_000, () -> writes.submit(node));
        all.add(1_200, () -> node.commit());
        all.add(1_500, () -> node.advance());
        all.add(2_500, () -> node.loopTask());
        all.add(1_500, () -> node.readerTask());
        all.add(2_500, () -> world.dice.pick(clients).read());
        all.add(800, () -> world.dice.pick(clients).connect(node));
        all.add(500, () -> world.dice.pick(clients).vanishIfFailed(node));
        all.add(400, () -> !pollers.isEmpty() && world.dice.pick(pollers).poll(node));
        all.add(200, this::tick);
        all.add(200, this::silence);
        all.add(100, () -> node.tidy());
        all.add(3 * trouble, () -> world.dice.pick(clients).vanish(node));
        all.add(2 * trouble, this::planFault);
        all.add(trouble, this::crash);
        all.add(100, this::quiet);
        world.stage.onInterrupt(this::step);
    }

    /**
     * Runs it.
     *
     * @throws Violation with the seed and what happened last when a promise is broken
     */
    void run() {
        try {
            while (steps < world.setting.steps()) {
                step();
            }
            end();
            world.stage.rethrow();
        } catch (RuntimeException | Error failure) {
            throw new Violation(
                    "seed " + seed + ": " + describe(world.stage.cause(failure)) + "\n"
                            + world.trace,
                    failure);
        } finally {
            node.hub.closeStreams();
        }
    }

    private static String describe(Throwable failure) {
        return Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
    }

    /** Those who are interrupted wait for no more than the rest of the steps. */
    private void step() {
        if (steps < world.setting.steps()) {
            steps++;
            all.step();
            writes.check();
            checkDurable();
            world.stage.rethrow();
        }
    }

    /** While a commit is underway, some of it may be durable that nobody knows of. */
    private void checkDurable() {
        if (world.stage.isFree(Stage.WRITER)) {
            Violation.unless(
                    node.storage.head() == world.history.head(),
                    "%d changes are durable, the storage has %d",
                    world.history.head(),
                    node.storage.head());
        }
    }

    private boolean tick() {
        world.advance(
                world.dice.chance(10)
                        ? -world.dice.between(1, 100_000)
                        : world.dice.between(1, 3_000));
        return true;
    }

    private boolean silence() {
        world.advance(world.dice.between(0, 20_000));
        return node.sweep();
    }

    private boolean planFault() {
        Step step = world.dice.pick(List.of(Step.values()));
        Kind kind = world.dice.chance(50) ? Kind.FULL : Kind.UNAVAILABLE;
        boolean open = world.dice.chance(40);
        world.trace.add("planned: " + (open ? "an open commit" : kind + " at " + step));
        if (open) {
            node.storage.faults().leaveNextCommitOpen();
        } else {
            node.storage.faults().failNext(step, kind);
        }
        return true;
    }

    /** Only what is durable survives. The clients know what they were told. */
    private boolean crash() {
        if (world.stage.depth() > 0) {
            return false;
        }
        world.trace.add("the store crashes");
        clients.forEach(Client::crash);
        node.hub.closeStreams();
        writes.crash();
        node = new Node(world, node.storage.crash());
        world.trace.add("it is back at " + world.history.head());
        return true;
    }

    /** Nobody writes for a while: whoever is connected gets everything, and needs no heartbeat for it. */
    private boolean quiet() {
        if (world.stage.depth() > 0) {
            return false;
        }
        world.trace.add("it is quiet");
        world.stage.calmly(() -> rest(false));
        clients.forEach(client -> client.checkComplete(node.changelog.head()));
        return true;
    }

    private void end() {
        world.stage.calmly(this::endCalmly);
    }

    private void endCalmly() {
        world.trace.add("from here on nothing goes wrong");
        int tries = 0;
        while (!writes.isAccepted(node)) {
            Violation.unless(tries++ < 100, "the store does not accept writes any more");
        }
        rest(true);
        clients.forEach(client -> client.checkComplete(world.history.head()));
        pollers.forEach(PollingClient::checkAtHead);
        node.sweepAll();
        world.advance(Setting.SILENCE_MILLIS);
        node.sweepAll();
        rest(true);
        clients.forEach(Client::checkAtHead);
        clients.forEach(client -> client.vanish(node));
        Violation.unless(node.hub.feedCount() == 0, "feeds are left that nobody follows");
    }

    /**
     * Lets everybody do what there is to do, until there is nothing. Now and then the writer looks
     * whether the storage has recovered: somebody may wait for what is durable and not published.
     */
    private void rest(boolean allComeBack) {
        for (int pass = 1; pass < PASSES_MAX; pass++) {
            if (!pass(allComeBack)) {
                return;
            }
            if (pass % PASSES_TO_RECOVERY == 0) {
                node.commit();
            }
        }
        throw new Violation("it does not come to rest");
    }

    private boolean pass(boolean allComeBack) {
        boolean did = node.advance();
        did |= node.loopTask();
        did |= node.readerTask();
        for (Client client : clients) {
            did |= client.vanishIfFailed(node);
            did |= allComeBack && client.connect(node);
            did |= client.readNow();
        }
        for (PollingClient poller : pollers) {
            did |= poller.poll(node);
        }
        return did;
    }
}
