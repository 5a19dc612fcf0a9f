package dev.genstore.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.random.RandomGenerator;

class TimestampsTest {
    private static final long YEAR_9999 = 253_402_300_799_999L;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 999, 1000, -1, -1000, -1001, YEAR_9999})
    void a_time_is_written_with_milliseconds(long millis) {
        assertThat(Timestamps.text(millis)).isEqualTo(slowly(millis));
    }

    @Test
    void seconds_that_share_a_place_are_told_apart() {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(2) * 256_000 * random.nextInt(3) + random.nextInt(2000);
            assertThat(Timestamps.text(millis)).isEqualTo(slowly(millis));
        }
    }

    private static String slowly(long millis) {
        return new DateTimeFormatterBuilder()
                .appendInstant(3)
                .toFormatter()
                .format(Instant.ofEpochMilli(millis));
    }
}
