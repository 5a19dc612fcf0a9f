package dev.genstore.checks.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All chance of one simulation, so that its seed decides everything. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Random numbers for a part that needs its own. */
    RandomGenerator generator() {
        return random;
    }

    /** Whether it happens this time. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number, both ends included. */
    int between(int least, int greatest) {
        return random.nextInt(least, greatest + 1);
    }

    /** A revision, both ends included. */
    long between(long least, long greatest) {
        return random.nextLong(least, greatest + 1);
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    int pick(int... some) {
        return some[random.nextInt(some.length)];
    }
}
