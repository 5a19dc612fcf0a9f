package dev.genstore.wire.rates;

import static dev.genstore.wire.rates.RateRig.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The tables of clients do not grow without bound, and forget. */
class AllowancesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RateRig rig = new RateRig(RateRig.SMALL);

    private static String address(int number) {
        return "10." + (number >> 16) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
    }

    @Test
    void those_who_are_gone_and_quiet_are_forgotten() {
        Visit stays = rig.visit(address(1));
        Visit goes = rig.visit(address(2));
        goes.request(principal("ann"), 1);
        goes.leave();
        assertThat(rig.rates().clientCount()).isEqualTo(3);
        rig.rates().rest();
        assertThat(rig.rates().clientCount()).isEqualTo(3);
        rig.advance(LONG);
        rig.rates().rest();
        assertThat(rig.rates().clientCount()).isEqualTo(1);
        stays.leave();
        assertThat(rig.rates().clientCount()).isZero();
    }

    @Test
    void what_was_used_is_remembered_when_the_connection_has_gone() {
        Visit visit = rig.visit(address(1));
        visit.request(10);
        visit.leave();
        rig.rates().rest();
        assertThat(rig.visit(address(1)).request(0)).isNotSameAs(Toll.NONE);
        assertThat(rig.refusals()).isEmpty();
    }

    @Test
    void however_many_addresses_come_and_go_ten_thousand_are_remembered() {
        List<Visit> here = new ArrayList<>();
        for (int i = 0; i < 3 * Allowances.GONE_MAX; i++) {
            Visit visit = rig.visit(address(i));
            visit.request(1);
            if (i % 1_000 == 0) {
                here.add(visit);
            } else {
                visit.leave();
            }
        }
        assertThat(rig.rates().clientCount()).isEqualTo(Allowances.GONE_MAX + here.size());
        rig.advance(LONG);
        rig.rates().rest();
        assertThat(rig.rates().clientCount()).isEqualTo(here.size());
        here.forEach(Visit::leave);
        assertThat(rig.rates().clientCount()).isZero();
    }

    /** Who comes and goes with many addresses would else make the server forget everybody. */
    @Test
    void of_too_many_the_one_is_forgotten_who_left_first() {
        for (int i = 0; i < Allowances.GONE_MAX; i++) {
            use(address(i));
        }
        use("192.0.2.7");
        assertThatThrownBy(() -> rig.visit("192.0.2.7").request(1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> rig.visit(address(1)).request(1)).isInstanceOf(Problem.class);
        rig.visit(address(0)).request(1);
    }

    private void use(String address) {
        Visit visit = rig.visit(address);
        visit.request(10);
        visit.leave();
    }

    @Test
    void what_is_at_rest_takes_no_room_and_counts_from_the_beginning() {
        Visit visit = rig.visit(address(1));
        visit.request(10);
        rig.advance(LONG);
        rig.rates().rest();
        visit.request(10);
    }

    @Test
    void however_many_threads_come_and_go_nobody_is_left() throws InterruptedException {
        var rates = new Rates(new ClientLimits(0, 0, 0, 0, true), of -> {}, System::nanoTime);
        var entered = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        Visit visit = rates.visit(RateRig.at(address(i % 10)), true);
                        visit.request(principal("p" + i % 7), 1);
                        visit.watch();
                        visit.leave();
                        entered.incrementAndGet();
                        if (i % 100 == 0) {
                            rates.rest();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        rates.rest();
        assertThat(entered).hasValue(80_000);
        assertThat(rates.clientCount()).isZero();
    }
}
