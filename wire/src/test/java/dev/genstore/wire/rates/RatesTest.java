package dev.genstore.wire.rates;

import static dev.genstore.wire.rates.RateRig.at;
import static dev.genstore.wire.rates.RateRig.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class RatesTest {
    private static final String HERE = "192.0.2.7";
    private static final String THERE = "192.0.2.8";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RateRig rig = new RateRig(RateRig.SMALL);

    @Test
    void what_is_not_used_is_saved_up_for_ten_seconds() {
        Visit visit = rig.visit(HERE);
        writes(visit, 10);
        assertThat(refused(() -> visit.request(1)).headers()).containsEntry("Retry-After", "1");
        rig.advance(SECOND);
        writes(visit, 1);
        refused(() -> visit.request(1));
        rig.advance(Duration.ofHours(1));
        writes(visit, 10);
        refused(() -> visit.request(1));
        assertThat(rig.refusals()).hasSize(3).containsOnly(Refusal.WRITES);
    }

    private static void writes(Visit visit, int count) {
        for (int i = 0; i < count; i++) {
            visit.request(1);
        }
    }

    private static Problem refused(ThrowingCallable action) {
        Problem problem = catchThrowableOfType(Problem.class, action);
        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        return problem;
    }

    @Test
    void who_is_refused_is_told_when_to_come_again_and_what_is_allowed() {
        Visit visit = rig.visit(HERE);
        visit.request(8);
        Problem problem = refused(() -> visit.request(6));
        assertThat(problem.headers())
                .containsEntry("Retry-After", "4")
                .containsEntry("RateLimit-Policy", "\"writes\";q=10;w=10")
                .containsEntry("RateLimit", "\"writes\";r=2;t=8");
        assertThat(problem.detail())
                .isEqualTo("This address has used up its writes, 1 a second and 10 at once; try"
                        + " again in 4 s.");
        rig.advance(Duration.ofSeconds(4));
        visit.request(6);
    }

    @Test
    void what_weighs_more_than_there_can_be_takes_all_there_is() {
        Visit visit = rig.visit(HERE);
        visit.request(1_000_000);
        refused(() -> visit.request(1));
        rig.advance(Duration.ofSeconds(10));
        visit.request(1_000_000);
    }

    @Test
    void what_was_looked_through_is_paid_for_by_what_comes_next() {
        Visit visit = rig.visit(HERE);
        visit.request(0);
        visit.look(Visit.LOOKED_PER_REQUEST - 1);
        visit.request(0);
        visit.look(10 * Visit.LOOKED_PER_REQUEST);
        assertThat(fields(visit.request(0))[1]).isEqualTo("\"requests\";r=37;t=3");
        visit.look(1_000_000_000);
        assertThat(refused(() -> visit.request(0)).headers())
                .containsEntry("Retry-After", "3")
                .containsEntry("RateLimit", "\"requests\";r=0;t=13");
        rig.visit(THERE).request(0);
        rig.advance(Duration.ofSeconds(3));
        visit.request(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {HERE, "127.0.0.1"})
    void who_has_had_much_looked_through_pays_for_it_wherever_he_is(String from) {
        Visit visit = rig.visit(from);
        visit.request(principal("ann"), 0);
        visit.look(1_000_000);
        Visit other = rig.visit(THERE);
        other.request(0);
        refused(() -> other.request(principal("ann"), 0));
        other.request(principal("bob"), 0);
    }

    @Test
    void an_answer_says_what_is_left() {
        Visit visit = rig.visit(HERE);
        assertThat(fields(visit.request(0)))
                .containsExactly(
                        "\"requests\";q=50;w=10, \"writes\";q=10;w=10", "\"requests\";r=49;t=1");
        assertThat(fields(visit.request(3)))
                .containsExactly(
                        "\"requests\";q=50;w=10, \"writes\";q=10;w=10",
                        "\"requests\";r=48;t=1, \"writes\";r=7;t=3");
    }

    private static String[] fields(Toll toll) {
        Reply marked = toll.mark(Reply.of(204));
        return new String[] {
            marked.headers().first("RateLimit-Policy").orElse(""),
            marked.headers().first("RateLimit").orElse("")
        };
    }

    @Test
    void of_address_and_principal_the_one_with_less_left_is_told() {
        Visit first = rig.visit(HERE);
        first.request(principal("ann"), 0);
        first.request(principal("ann"), 0);
        Visit second = rig.visit(THERE);
        Toll both = second.request(0).and(second.request(principal("ann"), 0));
        assertThat(fields(both)[1]).isEqualTo("\"requests\";r=47;t=1");
        assertThat(fields(second.request(principal("bob"), 0).and(second.request(0)))[1])
                .isEqualTo("\"requests\";r=48;t=1");
    }

    @Test
    void addresses_do_not_count_for_each_other() {
        writes(rig.visit(HERE), 10);
        writes(rig.visit(THERE), 10);
        Visit again = rig.visit(HERE);
        refused(() -> again.request(1));
    }

    @Test
    void somebody_counts_as_one_wherever_he_is() {
        Visit here = rig.visit(HERE);
        here.request(principal("ann"), 6);
        Visit there = rig.visit(THERE);
        there.request(principal("ann"), 4);
        assertThat(refused(() -> there.request(principal("ann"), 1)).detail())
                .startsWith("Who you are has used up its writes");
        there.request(principal("bob"), 1);
        there.request(1);
    }

    @Test
    void who_has_not_said_who_he_is_counts_by_his_address_alone() {
        Visit visit = rig.visit(HERE);
        for (Principal nobody : new Principal[] {Principal.NOBODY, Principal.STRANGER}) {
            assertThat(visit.request(nobody, 1_000)).isSameAs(Toll.NONE);
            assertThat(visit.request(nobody, 1_000)).isSameAs(Toll.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1,           2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1,           2001:db8:1:3::1,                  false",
        "192.0.2.7,                 192.0.2.8,                        false",
        "192.0.2.7,                 ::ffff:192.0.2.7,                 true",
        "255.255.255.255,           2001:db8::,                       false"
    })
    void addresses_of_one_owner_count_as_one(String one, String other, boolean areOne) {
        rig.visit(one).request(10);
        Visit visit = rig.visit(other);
        if (areOne) {
            refused(() -> visit.request(1));
        } else {
            visit.request(1);
        }
    }

    @Test
    void all_whose_address_is_not_known_count_as_one() {
        rig.rates().visit(ClientAddress.UNKNOWN, true).request(10);
        Visit visit = rig.rates().visit(ClientAddress.UNKNOWN, true);
        refused(() -> visit.request(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void on_the_own_machine_no_address_is_limited_unless_it_is_wanted(String loopback) {
        Visit free = rig.visit(loopback);
        for (int i = 0; i < 1_000; i++) {
            assertThat(free.request(1_000)).isSameAs(Toll.NONE);
            free.requireWatch();
            free.watch();
        }
        var strict = new RateRig(new ClientLimits(3, 2, 5, 1, true));
        Visit counted = strict.visit(loopback);
        counted.request(10);
        refused(() -> counted.request(1));
    }

    @Test
    void who_has_said_who_he_is_counts_on_the_own_machine_too() {
        Visit visit = rig.visit("127.0.0.1");
        Toll toll = visit.request(8).and(visit.request(principal("ann"), 8));
        assertThat(fields(toll)[1]).isEqualTo("\"requests\";r=49;t=1, \"writes\";r=2;t=8");
        refused(() -> visit.request(principal("ann"), 3));
        visit.request(principal("bob"), 0);
        watch(visit);
        watch(visit);
        assertThat(refused(visit::requireWatch).detail()).startsWith("Who you are has 2 watches");
    }

    /** A header that says so is no proof. */
    @Test
    void who_is_only_said_to_be_on_the_own_machine_counts() {
        Visit visit = rig.rates().visit(at("127.0.0.1"), false);
        visit.request(10);
        refused(() -> visit.request(1));
        assertThat(visit.at(at("127.0.0.1"), true).request(1_000)).isSameAs(Toll.NONE);
    }

    @Test
    void an_address_has_so_many_connections() {
        Visit first = rig.visit(HERE);
        rig.visit(HERE);
        rig.visit(HERE);
        refused(() -> rig.visit(HERE));
        rig.visit(THERE);
        first.leave();
        rig.visit(HERE);
        assertThat(rig.refusals()).containsExactly(Refusal.CONNECTIONS);
    }

    @Test
    void connections_have_a_rate() {
        for (int i = 0; i < 10; i++) {
            rig.visit(HERE).leave();
        }
        refused(() -> rig.visit(HERE));
        refused(() -> rig.visit(HERE));
        rig.advance(SECOND);
        rig.visit(HERE).leave();
        assertThat(rig.refusals()).hasSize(2).containsOnly(Refusal.CONNECTIONS);
    }

    @Test
    void an_address_and_somebody_have_so_many_watches() {
        Visit here = rig.visit(HERE);
        here.request(principal("ann"), 0);
        watch(here);
        Visit there = rig.visit(THERE);
        there.request(principal("ann"), 0);
        watch(there);
        assertThat(refused(here::requireWatch).detail())
                .isEqualTo("Who you are has 2 watches already; end one before you begin another.");
        there.unwatch();
        watch(here);
        assertThat(refused(here::requireWatch).detail()).startsWith("This address has 2 watches");
        here.leave();
        watch(there);
        assertThat(rig.refusals()).hasSize(2).containsOnly(Refusal.WATCHES);
    }

    private static void watch(Visit visit) {
        visit.requireWatch();
        visit.watch();
    }

    @Test
    void watches_have_a_rate() {
        Visit visit = rig.visit(HERE);
        for (int i = 0; i < 10; i++) {
            watch(visit);
            visit.unwatch();
        }
        assertThat(refused(visit::requireWatch).headers())
                .containsEntry("RateLimit", "\"watches\";r=0;t=10");
        rig.advance(SECOND);
        watch(visit);
    }

    @Test
    void a_proxy_may_bring_one_after_another() {
        Visit first = rig.visit(HERE);
        first.request(10);
        assertThat(first.at(at(HERE), false)).isSameAs(first);
        Visit second = first.at(at(THERE), false);
        second.request(10);
        Visit third = second.at(at("127.0.0.1"), true);
        assertThat(third.request(1_000)).isSameAs(Toll.NONE);
        Visit again = third.at(at(HERE), false);
        refused(() -> again.request(1));
        again.leave();
        rig.advance(Duration.ofMinutes(1));
        rig.rates().rest();
        assertThat(rig.rates().clientCount()).isZero();
    }

    /** What it was opened for, it was opened once. */
    @Test
    void a_proxy_that_changes_between_many_opens_nothing() {
        Visit visit = rig.visit(HERE);
        for (int i = 0; i < 100; i++) {
            visit = visit.at(at(i % 2 == 0 ? THERE : HERE), false);
        }
        assertThat(rig.refusals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HERE, "127.0.0.1"})
    void who_hangs_up_owes_what_is_still_done_for_him(String from) {
        Visit visit = rig.visit(from);
        visit.request(principal("ann"), 1);
        visit.leave();
        rig.advance(Duration.ofMinutes(1));
        rig.rates().rest();
        visit.write(1_000);
        visit.look(1_000_000);
        Visit next = rig.visit(THERE);
        refused(() -> next.request(principal("ann"), 0));
        rig.advance(Duration.ofSeconds(4));
        next.request(principal("ann"), 0);
        refused(() -> next.request(principal("ann"), 5));
    }

    @Test
    void an_address_that_hangs_up_owes_what_is_still_done_for_it() {
        Visit visit = rig.visit(HERE);
        visit.request(1);
        visit.leave();
        visit.look(1_000_000);
        refused(() -> rig.visit(HERE).request(0));
        rig.visit(THERE).request(0);
    }

    @Test
    void what_comes_behind_the_end_of_a_connection_counts_nothing() {
        Visit visit = rig.visit(HERE);
        visit.leave();
        visit.leave();
        visit.request(principal("ann"), 1);
        visit.watch();
        assertThat(visit.at(at(THERE), false)).isSameAs(visit);
        assertThat(rig.rates().clientCount()).isEqualTo(1);
        rig.advance(Duration.ofMinutes(1));
        rig.rates().rest();
        assertThat(rig.rates().clientCount()).isZero();
    }

    @Test
    void zero_is_no_limit() {
        var free = new RateRig(new ClientLimits(0, 0, 0, 0, true));
        for (int i = 0; i < 1_000; i++) {
            Visit visit = free.visit(HERE);
            visit.request(1_000_000);
            watch(visit);
        }
        assertThat(fields(free.visit(HERE).request(1))).containsExactly("", "");
        assertThat(free.refusals()).isEmpty();
    }

    @Test
    void limits_are_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientLimits(1, 1, -1, 1, true))
                .withMessageContaining("requestsPerSecond");
    }
}
