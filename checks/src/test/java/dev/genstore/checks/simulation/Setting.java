package dev.genstore.checks.simulation;

import dev.genstore.changelog.Changelog;
import dev.genstore.hub.Hub;
import dev.genstore.store.Retention;

import java.time.Duration;

/**
 * The limits of one simulation, mostly far too small, so that all of them are reached.
 *
 * @param steps how many steps there are
 * @param loops how many event loops
 * @param watchers how many clients watch
 * @param pollers how many read page by page
 * @param batchMax how many writes share a commit
 * @param bigPercent how many of the bodies are big
 * @param definingPercent how many of the writes say how long a collection keeps its changes
 * @param troublePercent how much of what can go wrong goes wrong
 */
record Setting(
        int steps,
        int loops,
        int watchers,
        int pollers,
        int batchMax,
        int bigPercent,
        int definingPercent,
        int troublePercent,
        Retention retention,
        Changelog.Memory memory,
        Hub.Limits limits) {

    static final long SILENCE_MILLIS = 14_000;

    static Setting any(Dice dice) {
        return new Setting(
                dice.between(100, 600),
                dice.between(1, 2),
                dice.between(1, 8),
                dice.between(0, 2),
                dice.pick(1, 3, 1_000),
                dice.pick(0, 2, 10),
                dice.pick(0, 2, 10),
                dice.pick(0, 30, 100, 100),
                new Retention(
                        Duration.ofSeconds(dice.pick(5, 60, 3_600, 1_000_000)),
                        dice.pick(2, 10, 40, 100_000)),
                new Changelog.Memory(dice.pick(1, 2, 8, 64, 1_024), dice.pick(300, 3_000, 1 << 20)),
                new Hub.Limits(
                        dice.pick(1, 2_000, 10_000, 1 << 20),
                        dice.pick(1, 20_000, 1 << 20),
                        SILENCE_MILLIS,
                        dice.pick(1, 5_000, 100_000),
                        dice.pick(0, 1, 256),
                        100_000));
    }
}
