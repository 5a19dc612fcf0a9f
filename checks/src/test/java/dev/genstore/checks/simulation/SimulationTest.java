package dev.genstore.checks.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Random histories of a store: fresh ones each time. One that failed is run again with {@code
 * -Dsimulation.seed=…}, more of them with {@code -Dsimulation.seeds=…}.
 */
@ExtendWith(Quiet.class)
class SimulationTest {
    private static final int SEEDS = 2_000;

    @Test
    void every_watcher_is_told_every_durable_change_once_and_in_order() {
        seeds().forEach(seed -> new Simulation(seed, new Plant()).run());
    }

    private static LongStream seeds() {
        Long failed = Long.getLong("simulation.seed");
        if (failed != null) {
            return LongStream.of(failed);
        }
        long first = new Random().nextLong(1L << 48);
        long count = Long.getLong("simulation.seeds", SEEDS);
        System.out.println("Simulation: " + count + " seeds from " + first);
        return LongStream.range(first, first + count);
    }
}
