package dev.genstore.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** The simulation can fail: it finds a bug of each kind that matters. */
@ExtendWith(Quiet.class)
class PlantedBugsTest {
    private static final int SEEDS = 100;

    @ParameterizedTest
    @MethodSource("bugs")
    void a_planted_bug_is_found_and_named(PlantedBug bug) {
        assertThat(LongStream.range(0, SEEDS).mapToObj(seed -> outcome(seed, bug.plant())))
                .anyMatch(outcome -> outcome.contains(bug.message()));
    }

    static List<PlantedBug> bugs() {
        return PlantedBug.all();
    }

    @Test
    void a_seed_that_fails_fails_again_in_the_same_way() {
        PlantedBug bug = bugs().getFirst();
        long failing = LongStream.range(0, SEEDS)
                .filter(seed -> !outcome(seed, bug.plant()).isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(outcome(failing, bug.plant())).isEqualTo(outcome(failing, bug.plant()));
    }

    /** What the simulation has to say; nothing when every promise was kept. */
    private static String outcome(long seed, Plant plant) {
        try {
            new Simulation(seed, plant).run();
            return "";
        } catch (Violation found) {
            return Objects.requireNonNull(found.getMessage());
        }
    }
}
