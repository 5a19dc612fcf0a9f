package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** Who takes his answer too slowly is noticed, and nobody else. */
class AnswerProgressTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final int LENGTH = 4 << 20;

    /** What must be taken in that time. */
    private static final int LEAST = 30 * AnswerProgress.BYTES_PER_SECOND_MIN;

    private final Peer peer = new Peer();
    private final StreamsTaking streams = new StreamsTaking();
    private final AnswerProgress progress = new AnswerProgress(peer, streams);
    private long nowNanos;

    /** A peer that takes what it is told to. */
    private static final class Peer implements Taking {
        private long waiting;

        @Override
        public long progress() {
            return waiting;
        }

        @Override
        public long waitingBytes() {
            return waiting;
        }
    }

    private void begin() {
        progress.begin(LENGTH);
        nowNanos = System.nanoTime();
        peer.waiting = LENGTH;
    }

    /** Takes so much of it each second for so long, and is looked at as often; whether it is stalled. */
    private boolean isStalledTaking(int bytesPerSecond, int seconds) {
        for (int i = 0; i < seconds; i++) {
            peer.waiting -= bytesPerSecond;
            nowNanos += TimeUnit.SECONDS.toNanos(1);
            if (progress.isStalled(nowNanos, PATIENCE)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_peer_that_takes_a_byte_now_and_then_is_stalled() {
        begin();
        assertThat(isStalledTaking(1, 29)).isFalse();
        assertThat(isStalledTaking(1, 2)).isTrue();
    }

    @Test
    void a_peer_that_takes_the_least_is_not_stalled_for_as_long_as_it_takes() {
        begin();
        assertThat(isStalledTaking(LEAST / 30, LENGTH / (LEAST / 30))).isFalse();
        progress.end();
        assertThat(isStalledTaking(0, 100)).isFalse();
    }

    @Test
    void what_was_taken_at_first_does_not_count_for_ever() {
        begin();
        assertThat(isStalledTaking(LENGTH / 60, 30)).isFalse();
        assertThat(isStalledTaking(1, 32)).isTrue();
    }

    @Test
    void a_peer_that_takes_nothing_is_stalled() {
        begin();
        assertThat(isStalledTaking(LEAST, 5)).isFalse();
        assertThat(isStalledTaking(0, 31)).isTrue();
    }

    /** Begins to take an answer on another stream of the same connection. */
    private AnswerProgress beginAnother() {
        var other = new AnswerProgress(new Peer(), streams);
        other.begin(LENGTH);
        return other;
    }

    @Test
    void answers_on_one_connection_have_the_least_rate_together() {
        for (int i = 1; i < 10; i++) {
            beginAnother();
        }
        begin();
        assertThat(isStalledTaking(LEAST / 300 + 1, 100)).isFalse();
        assertThat(isStalledTaking(LEAST / 300 - 2, 61)).isTrue();
    }

    @Test
    void one_that_is_taken_or_gone_does_not_lower_the_least_rate_of_the_others() {
        for (int i = 1; i < 10; i++) {
            AnswerProgress other = beginAnother();
            other.end();
            other.end();
        }
        begin();
        assertThat(isStalledTaking(LEAST / 30 - 1, 31)).isTrue();
    }

    @Test
    void one_that_answers_once_more_counts_once() {
        AnswerProgress other = beginAnother();
        other.begin(LENGTH);
        other.end();
        begin();
        assertThat(isStalledTaking(LEAST / 30 - 1, 31)).isTrue();
    }
}
