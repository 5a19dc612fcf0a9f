package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** By default a stranger has ten seconds, and who was let in a minute since then. */
class IdlenessTest {
    private static final long BEGAN = 7;

    private final Idleness idleness = new Idleness(WireSettings.of("127.0.0.1", 0), BEGAN);

    private static long at(int seconds) {
        return BEGAN + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void who_was_never_let_in_has_ten_seconds_in_all() {
        idleness.answered(false, at(9));
        assertThat(idleness.isOver(at(9))).isFalse();
        assertThat(idleness.isOver(at(10))).isTrue();
    }

    @Test
    void who_was_let_in_has_a_minute_since_then() {
        idleness.answered(true, at(9));
        assertThat(idleness.isOver(at(68))).isFalse();
        assertThat(idleness.isOver(at(69))).isTrue();
    }

    @Test
    void what_strangers_ask_on_the_same_connection_is_no_use_of_it() {
        idleness.answered(true, at(9));
        idleness.answered(false, at(60));
        assertThat(idleness.isOver(at(69))).isTrue();
    }

    @Test
    void a_stranger_is_told_in_time_that_an_answer_is_the_last_one() {
        assertThat(idleness.isEnding(at(4))).isFalse();
        assertThat(idleness.isEnding(at(5))).isTrue();
        idleness.answered(true, at(6));
        assertThat(idleness.isEnding(at(10))).isFalse();
    }
}
