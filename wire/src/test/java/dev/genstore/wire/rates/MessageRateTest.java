package dev.genstore.wire.rates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

class MessageRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Whatever the system's time is, it may pass over its greatest number at any moment. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MIN_VALUE, -1_000_000_000L})
    void so_many_may_come_at_once_and_then_so_many_in_a_second(long start) {
        var rate = new MessageRate(start);
        assertThat(passed(rate, start, 20_000)).isEqualTo(MessageRate.AT_ONCE);
        assertThat(passed(rate, start + SECOND, 5_000)).isBetween(990, 1_000);
    }

    private static int passed(MessageRate rate, long nowNanos, int count) {
        for (int i = 0; i < count; i++) {
            if (rate.isTooMuch(nowNanos)) {
                return i;
            }
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void who_keeps_to_the_rate_may_go_on_for_ever(long start) {
        var rate = new MessageRate(start);
        for (int i = 0; i < 100_000; i++) {
            assertThat(rate.isTooMuch(start + i * SECOND / MessageRate.PER_SECOND))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void behind_a_silence_it_is_as_at_the_beginning(long start) {
        var rate = new MessageRate(start);
        assertThat(passed(rate, start, MessageRate.AT_ONCE)).isEqualTo(MessageRate.AT_ONCE);
        assertThat(passed(rate, start + 3600 * SECOND, 20_000)).isEqualTo(MessageRate.AT_ONCE);
    }
}
