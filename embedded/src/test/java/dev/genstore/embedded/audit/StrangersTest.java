package dev.genstore.embedded.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Of those who are not let in so much is told, and how much is not. */
class StrangersTest {
    private final ManualClock clock = new ManualClock();
    private final Strangers strangers = new Strangers(clock);

    @Test
    void a_hundred_at_once_then_one_each_second_which_says_how_many_there_were_meanwhile() {
        for (int i = 0; i < Strangers.LINES_AT_ONCE; i++) {
            assertThat(strangers.leftOut()).isZero();
        }
        for (int i = 0; i < 7; i++) {
            assertThat(strangers.leftOut()).isNegative();
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(strangers.leftOut()).isEqualTo(7);
        assertThat(strangers.leftOut()).isNegative();
    }

    @Test
    void who_was_silent_for_long_has_a_hundred_again_and_no_more() {
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < Strangers.LINES_AT_ONCE; i++) {
            assertThat(strangers.leftOut()).isZero();
        }
        assertThat(strangers.leftOut()).isNegative();
    }

    @Test
    void a_clock_that_is_set_back_does_not_silence_it_for_long() {
        assertThat(strangers.leftOut()).isZero();
        clock.advance(Duration.ofDays(-1));
        assertThat(strangers.leftOut()).isZero();
    }
}
