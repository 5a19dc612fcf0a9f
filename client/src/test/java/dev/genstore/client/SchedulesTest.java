package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random schedules of everything that can go wrong, each with a seed that a failure names. */
class SchedulesTest {
    private static final int SCHEDULES = 1000;

    @Test
    void whatever_happens_to_connections_all_is_shown_in_order_and_batches_whole() {
        long given = Long.getLong("genstore.seed", 0);
        long first = given == 0 ? System.nanoTime() : given;
        int shown = 0;
        for (long seed = first; seed < first + (given == 0 ? SCHEDULES : 1); seed++) {
            shown += run(seed);
        }
        assertThat(shown).isPositive();
    }

    private static int run(long seed) {
        try {
            var schedule = new Schedule(seed);
            schedule.run();
            return schedule.shown();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("-Dgenstore.seed=" + seed + " brings it back", failure);
        }
    }
}
