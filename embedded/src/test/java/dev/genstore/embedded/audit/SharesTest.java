package dev.genstore.embedded.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.embedded.audit.Shares.LeftOut;
import dev.genstore.embedded.audit.Shares.Owner;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.testkit.ManualClock;
import dev.genstore.wire.rates.ClientLimits;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
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
            assertThat(shares.take(ANN, Purse.REQUESTS, 100)).isTrue();
        }
        assertThat(shares.take(ANN, Purse.REQUESTS, 1)).isFalse();
        assertThat(shares.take(BOB, Purse.REQUESTS, 1000)).isTrue();
    }

    @Test
    void what_one_only_asks_for_takes_nothing_from_what_he_does() {
        assertThat(shares.take(ANN, Purse.REQUESTS, 1000)).isTrue();
        assertThat(shares.take(ANN, Purse.REQUESTS, 1)).isFalse();
        assertThat(shares.take(ANN, Purse.WRITES, 8000)).isTrue();
        assertThat(shares.take(ANN, Purse.WRITES, 1)).isFalse();
        assertThat(shares.take(ANN, Purse.SESSIONS, 1000)).isTrue();
        assertThat(shares.take(ANN, Purse.SESSIONS, 1)).isFalse();
        assertThat(shares.take(ANN, Purse.DEFINITIONS, 1000)).isTrue();
    }

    @Test
    void by_default_the_lines_of_all_writes_that_the_default_rate_allows_have_room() {
        long linesOfAMinute = 60L * ClientLimits.DEFAULT.writesPerSecond();
        long least = AuditSettings.of(Path.of("audit.jsonl")).shareBytesLeast();
        assertThat(Purse.WRITES.bytesMax(least)).isGreaterThan(linesOfAMinute * 270);
    }

    @Test
    void how_many_lines_did_not_fit_is_told_once_when_the_minute_is_over() {
        shares.take(BOB, Purse.REQUESTS, 1000);
        for (int i = 0; i < 8; i++) {
            shares.take(ANN, Purse.REQUESTS, 500);
        }
        assertThat(shares.leftOut()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(shares.leftOut()).containsExactly(new LeftOut(ANN, 6));
        assertThat(shares.leftOut()).isEmpty();
        assertThat(shares.take(ANN, Purse.REQUESTS, 1000)).isTrue();
    }

    @Test
    void a_clock_that_is_set_back_begins_another_minute() {
        shares.take(ANN, Purse.REQUESTS, 1000);
        clock.advance(Duration.ofDays(-1));
        assertThat(shares.leftOut()).isEmpty();
        assertThat(shares.take(ANN, Purse.REQUESTS, 1000)).isTrue();
    }

    @Test
    void so_many_have_shares_of_their_own_and_all_others_one_together() {
        for (int i = 0; i < Shares.OWNERS_MAX; i++) {
            var each = new Owner("principal", "key:" + i);
            assertThat(shares.take(each, Purse.REQUESTS, 1000)).isTrue();
        }
        assertThat(shares.take(ANN, Purse.REQUESTS, 1000)).isTrue();
        assertThat(shares.take(BOB, Purse.REQUESTS, 1)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(shares.leftOut())
                .containsExactly(new LeftOut(new Owner("principal", "others"), 1));
    }

    @Test
    void where_nobody_says_who_he_is_each_address_has_a_share() {
        assertThat(at("192.0.2.7")).isEqualTo(new Owner("address", "192.0.2.7"));
    }

    @Test
    void one_machine_has_one_share_however_many_of_its_addresses_it_uses() {
        assertThat(at("2001:db8:1:2::7"))
                .isEqualTo(at("2001:db8:1:2:ffff::1"))
                .isEqualTo(new Owner("address", "2001:db8:1:2:0:0:0:0/64"))
                .isNotEqualTo(at("2001:db8:1:3::7"));
    }

    private static Owner at(String address) {
        return Owner.of(Principal.NOBODY, ClientAddress.parse(address).orElseThrow());
    }
}
