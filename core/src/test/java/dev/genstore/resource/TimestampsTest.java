package dev.genstore.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01t00:00:00.9999z, 999",
        "1969-12-31T23:59:59.9995Z, -1",
        "1970-01-01T01:30:00.5+01:30, 500",
        "2026-11-21T09:30:00.123Z, 1795253400123",
        "2026-11-21T04:30:00.123-05:00, 1795253400123"
    })
    void a_time_of_rfc_3339_is_read_down_to_the_millisecond(String text, long millis) {
        assertThat(Timestamps.millis(text)).isEqualTo(millis);
        assertThat(Moment.parse(text)).isEqualTo(new Moment.AtTime(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "2026-11-21T09:30Z",
                "2026-11-21T09:30:00",
                "2026-11-21 09:30:00Z",
                "2026-11-21T09:30:00 01:00",
                "2026-02-30T09:30:00Z",
                "2026-11-21T24:30:00Z",
                "2026-11-21T09:30:00.Z",
                "2026-11-21T09:30:00+99:00",
                "26-11-21T09:30:00Z",
                "+2026-11-21T09:30:00Z",
                "now"
            })
    void what_rfc_3339_does_not_have_is_no_time(String text) {
        assertThat(Timestamps.millis(text)).isNull();
        assertThat(Moment.parse(text)).isNull();
    }

    @Test
    void a_position_is_a_moment_too() {
        assertThat(Moment.parse("k3f9-7"))
                .isEqualTo(new Moment.AtPosition(new Position("k3f9", 7)));
        assertThat(Moment.parse("2026")).isEqualTo(new Moment.AtPosition(new Position(null, 2026)));
    }

    private static String slowly(long millis) {
        return new DateTimeFormatterBuilder()
                .appendInstant(3)
                .toFormatter()
                .format(Instant.ofEpochMilli(millis));
    }
}
