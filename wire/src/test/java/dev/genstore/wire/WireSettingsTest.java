package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

class WireSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void the_defaults_are_those_of_the_protocol() {
        WireSettings settings = WireSettings.of("127.0.0.1", 0);
        assertThat(settings.pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(settings.pingTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.stallTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.messageBytesMax()).isEqualTo(64 << 10);
    }

    @Test
    void each_time_can_be_as_short_as_a_second_and_no_shorter() {
        for (int shortened = 0; shortened < 5; shortened++) {
            int which = shortened;
            assertThat(times(which, SECOND)).isNotNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> times(which, Duration.ofMillis(999)))
                    .withMessageContaining("is at least one second");
        }
    }

    @Test
    void ports_and_counts_are_checked() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(-1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(65_536, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 1, 0));
        assertThat(settings(65_535, 1, 1).port()).isEqualTo(65_535);
    }

    @Test
    void bodies_and_answers_may_hold_a_quarter_of_the_heap() {
        assertThat(WireSettings.of("127.0.0.1", 0).heldBytesMax())
                .isEqualTo(Math.max(16 << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    @Test
    void there_is_always_room_for_a_body_of_the_greatest_length() {
        WireSettings given = settings(0, 1, 1);
        assertThat(given.heldBytesMax()).isEqualTo(HttpLimits.DEFAULT.bodyBytesMax());
        HttpLimits large = HttpLimits.DEFAULT.forResourcesOf(64 << 20);
        assertThat(given.withLimits(large).heldBytesMax()).isEqualTo(large.bodyBytesMax());
    }

    /** All times are a second but one. */
    private static WireSettings times(int which, Duration time) {
        Duration[] all = {SECOND, SECOND, SECOND, SECOND, SECOND};
        all[which] = time;
        return new WireSettings(
                "127.0.0.1",
                0,
                Set.of(),
                HttpLimits.DEFAULT,
                all[0],
                all[1],
                all[2],
                all[3],
                all[4],
                1,
                1,
                1,
                null,
                true,
                Entrance.DEFAULT,
                ClientLimits.DEFAULT);
    }

    private static WireSettings settings(int port, int connectionsMax, int messageBytesMax) {
        return new WireSettings(
                "127.0.0.1",
                port,
                Set.of(),
                HttpLimits.DEFAULT,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                SECOND,
                connectionsMax,
                1,
                messageBytesMax,
                null,
                true,
                Entrance.DEFAULT,
                ClientLimits.DEFAULT);
    }
}
