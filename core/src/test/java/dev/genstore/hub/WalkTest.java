package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** Walks over more watchers than one slice has, whatever happens between the slices and in them. */
class WalkTest {
    private static final int STEPS = 4_000;

    @Test
    void everybody_is_told_everything_once_and_in_order_whatever_happens_between_the_slices() {
        long seed = new Random().nextLong();
        var walked = new WalkRig(seed);
        walked.join(2_500);
        for (int step = 0; step < STEPS; step++) {
            walked.step();
        }
        walked.settle();
        assertThat(walked.clients()).as("seed %s", seed).hasSizeGreaterThan(2_000);
        assertThat(walked.clients())
                .allSatisfy(client ->
                        assertThat(client.told()).as("seed %s", seed).isEqualTo(walked.head()));
    }
}
