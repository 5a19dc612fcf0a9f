package dev.genstore.checks.simulation;

import dev.genstore.testkit.ManualClock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** What all parts of a simulation share. */
final class World {
    private static final int WATCHES_MAX = 6;

    final Dice dice;
    final Setting setting;
    final Stage stage;
    final Trace trace;
    final Plant plant;
    final List<Watched> watches;
    final History history = new History();
    final ManualClock clock = new ManualClock();

    /** How far the clock has gone, to and fro. */
    long travelledMillis;

    /** The latest time that the clock has shown. */
    long latestMillis = clock.millis();

    /** The fewer watches there are, the more clients share one. */
    World(long seed, Plant plant) {
        this.dice = new Dice(seed);
        this.setting = Setting.any(dice);
        this.stage = new Stage(dice, dice.pick(0, 2, 10, 30));
        this.trace = new Trace(stage);
        this.plant = plant;
        this.watches = Stream.generate(() -> Places.anyWatch(dice))
                .limit(dice.between(1, WATCHES_MAX))
                .toList();
    }

    void advance(long millis) {
        travelledMillis += Math.abs(millis);
        clock.advance(Duration.ofMillis(millis));
        latestMillis = Math.max(latestMillis, clock.millis());
    }

    /** The clock as the parts see it: whoever asks it may be interrupted there. */
    InstantSource watchedClock() {
        return new InstantSource() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public long millis() {
                stage.interrupt();
                return clock.millis();
            }
        };
    }
}
