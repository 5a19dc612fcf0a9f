package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.wire.PingSchedule.Due;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class PingScheduleTest {
    private static final long START = Long.MAX_VALUE - 1_000;

    private final PingSchedule schedule = new PingSchedule(WireSettings.of("127.0.0.1", 0), START);

    @Test
    void a_peer_is_pinged_when_the_interval_is_over_and_not_before() {
        assertThat(at(24_999)).isEqualTo(Due.QUIET);
        assertThat(at(25_000)).isEqualTo(Due.PING);
        assertThat(at(25_001)).isEqualTo(Due.QUIET);
    }

    @Test
    void a_peer_that_sends_nothing_behind_a_ping_is_gone() {
        assertThat(at(25_000)).isEqualTo(Due.PING);
        assertThat(at(32_999)).isEqualTo(Due.QUIET);
        assertThat(at(33_000)).isEqualTo(Due.GONE);
    }

    @Test
    void any_sign_of_life_counts_and_the_next_ping_comes_an_interval_later() {
        assertThat(at(25_000)).isEqualTo(Due.PING);
        schedule.heard();
        assertThat(at(40_000)).isEqualTo(Due.QUIET);
        assertThat(at(50_000)).isEqualTo(Due.PING);
        assertThat(at(58_000)).isEqualTo(Due.GONE);
    }

    @Test
    void what_was_heard_before_the_ping_does_not_count() {
        schedule.heard();
        assertThat(at(25_000)).isEqualTo(Due.PING);
        assertThat(at(33_000)).isEqualTo(Due.GONE);
    }

    /** The clock of the platform may start anywhere, even where it overflows. */
    private Due at(long millis) {
        return schedule.look(START + Duration.ofMillis(millis).toNanos());
    }
}
