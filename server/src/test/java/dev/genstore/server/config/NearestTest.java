package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class NearestTest {
    private static final List<String> NAMES =
            List.of("port", "host", "ping-interval", "ping-timeout", "retention-age");

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "por, port",
        "portt, port",
        "pork, port",
        "PORT, port",
        "hots, host",
        "pingInterval, ping-interval",
        "ping_timeout, ping-timeout",
        "ping-timout, ping-timeout",
        "pingtimeuot, ping-timeout",
        "retention, retention-age"
    })
    void a_slip_is_forgiven(String mistyped, String meant) {
        assertThat(Nearest.to(mistyped, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"tls", "''", "p", "ping", "prost-host", "certificate-file"})
    void what_is_not_near_means_nothing(String mistyped) {
        assertThat(Nearest.to(mistyped, NAMES)).isEmpty();
    }

    @Test
    void the_nearest_wins_over_the_first() {
        assertThat(Nearest.to("ping-timeouts", List.of("ping-times", "ping-timeout")))
                .contains("ping-timeout");
    }

    @Test
    void the_first_of_two_that_are_as_near_wins() {
        assertThat(Nearest.to("hort", NAMES)).contains("port");
    }

    @Test
    void the_sentence_asks_only_when_there_is_something_to_ask() {
        assertThat(Nearest.unknown("key", "prot", Optional.of("port")))
                .isEqualTo("Unknown key prot; did you mean port?");
        assertThat(Nearest.unknown("key", "x", Optional.empty())).isEqualTo("Unknown key x.");
    }
}
