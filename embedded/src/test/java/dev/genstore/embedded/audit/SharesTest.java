package dev.genstore.embedded.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.embedded.audit.Shares.LeftOut;
import dev.genstore.embedded.audit.Shares.Owner;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Everybody who is let in has so much of the log in a minute, and what does not fit is counted. */
class SharesTest {
    private static final Owner ANN = new Owner("principal", "key:ann");
    private static final Owner BOB = new Owner("principal", "key:bob");

    private final ManualClock clock = new ManualClock();
    private final Shares shares = new Shares(clock, 1000);

    @Test
    void what_one_has_too_much_takes_nothing_from_another() {
        for (int i = 0; i < 10; i++) {
            assertThat(shares.take(ANN, 100)).isTrue();
        }
        assertThat(shares.take(ANN, 1)).isFalse();
        assertThat(shares.take(BOB, 1000)).isTrue();
    }

    @Test
    void how_many_lines_did_not_fit_is_told_once_when_the_minute_is_over() {
        shares.take(BOB, 1000);
        for (int i = 0; i < 8; i++) {
            shares.take(ANN, 500);
        }
        assertThat(shares.leftOut()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(shares.leftOut()).containsExactly(new LeftOut(ANN, 6));
        assertThat(shares.leftOut()).isEmpty();
        assertThat(shares.take(ANN, 1000)).isTrue();
    }

    @Test
    void a_clock_that_is_set_back_begins_another_minute() {
        shares.take(ANN, 1000);
        clock.advance(Duration.ofDays(-1));
        assertThat(shares.leftOut()).isEmpty();
        assertThat(shares.take(ANN, 1000)).isTrue();
    }

    @Test
    void so_many_have_shares_of_their_own_and_all_others_one_together() {
        for (int i = 0; i < Shares.OWNERS_MAX; i++) {
            assertThat(shares.take(new Owner("principal", "key:" + i), 1000)).isTrue();
        }
        assertThat(shares.take(ANN, 1000)).isTrue();
        assertThat(shares.take(BOB, 1)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(shares.leftOut())
                .containsExactly(new LeftOut(new Owner("principal", "others"), 1));
    }

    @Test
    void where_nobody_says_who_he_is_each_address_has_a_share() {
        ClientAddress address = ClientAddress.parse("192.0.2.7").orElseThrow();
        assertThat(Owner.of(Principal.NOBODY, address))
                .isEqualTo(new Owner("address", "192.0.2.7"));
    }
}
