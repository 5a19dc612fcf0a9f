package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** {@link ManualClock}. */
class ManualClockTest {
    @Test
    void it_moves_only_when_it_is_told() {
        var clock = new ManualClock(Instant.ofEpochMilli(1_000));
        assertThat(clock.millis()).isEqualTo(1_000);
        clock.advance(Duration.ofMillis(5));
        assertThat(clock.millis()).isEqualTo(1_005);
        clock.advance(Duration.ofMillis(-10));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(995));
    }
}
