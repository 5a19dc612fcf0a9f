package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class ByteBudgetTest {
    private static final int MEBIBYTE = 1 << 20;

    private final ByteBudget budget = new ByteBudget(4 * MEBIBYTE);

    @Test
    void what_would_go_over_it_is_refused_and_leaves_what_was_held() {
        ByteBudget.Share first = budget.share();
        ByteBudget.Share second = budget.share();
        assertThat(first.holdRequest(3 * MEBIBYTE)).isTrue();
        assertThat(second.holdRequest(MEBIBYTE)).isTrue();
        long held = budget.heldBytes();
        assertThat(second.holdRequest(2 * MEBIBYTE)).isFalse();
        assertThat(budget.heldBytes()).isEqualTo(held);
        first.giveBack();
        assertThat(second.holdRequest(2 * MEBIBYTE)).isTrue();
        second.giveBack();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void one_client_has_no_more_than_a_quarter_by_however_many_connections() {
        var client = new ByteBudget.Account();
        ByteBudget.Share first = budget.share().of(List.of(client));
        ByteBudget.Share second = budget.share().of(List.of(client));
        assertThat(first.holdAnswer(700 << 10)).isTrue();
        assertThat(second.holdAnswer(700 << 10)).isFalse();
        assertThat(second.holdAnswer(300 << 10)).isTrue();
        assertThat(budget.share().holdAnswer(3 * MEBIBYTE)).isTrue();
        first.giveBack();
        second.giveBack();
        assertThat(client.isEmpty()).isTrue();
    }

    @Test
    void what_one_of_two_clients_has_no_room_for_is_held_by_neither() {
        var address = new ByteBudget.Account();
        var principal = new ByteBudget.Account();
        budget.share().of(List.of(principal)).holdAnswer(MEBIBYTE);
        long held = budget.heldBytes();
        assertThat(budget.share().of(List.of(address, principal)).holdAnswer(MEBIBYTE))
                .isFalse();
        assertThat(address.isEmpty()).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(held);
    }

    @Test
    void what_is_held_becomes_another_clients() {
        var one = new ByteBudget.Account();
        var other = new ByteBudget.Account();
        ByteBudget.Share share = budget.share().of(List.of(one));
        share.holdRequest(MEBIBYTE);
        share.of(List.of(other));
        assertThat(one.isEmpty()).isTrue();
        assertThat(budget.share().of(List.of(other)).holdAnswer(MEBIBYTE)).isFalse();
        share.giveBack();
        assertThat(other.isEmpty()).isTrue();
    }

    @Test
    void what_is_given_back_twice_is_given_back_once() {
        ByteBudget.Share share = budget.share();
        share.holdAnswer(MEBIBYTE);
        share.giveBack();
        share.giveBack();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void one_that_is_alone_is_never_refused() {
        ByteBudget.Share alone = budget.share();
        assertThat(alone.holdAnswer(100L * MEBIBYTE)).isTrue();
        assertThat(alone.holdAnswer(101L * MEBIBYTE)).isTrue();
        assertThat(budget.share().holdRequest(MEBIBYTE)).isFalse();
    }

    @Test
    void what_is_small_is_taken_however_full_it_is() {
        ByteBudget.Share large = budget.share();
        large.holdRequest(100L * MEBIBYTE);
        long held = budget.heldBytes();
        assertThat(budget.share().holdRequest(4 << 10)).isTrue();
        assertThat(budget.share().holdRequest((4 << 10) + 1)).isFalse();
        assertThat(budget.share().holdAnswer(8 << 10)).isTrue();
        assertThat(budget.share().holdAnswer((8 << 10) + 1)).isFalse();
        assertThat(large.holdRequest(99L * MEBIBYTE)).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(held - MEBIBYTE);
    }

    @Test
    void the_answer_that_repeats_a_body_follows_it_however_full_it_is() {
        ByteBudget.Share share = budget.share();
        share.holdRequest(MEBIBYTE);
        ByteBudget.Share other = budget.share();
        while (other.holdRequest(budget.heldBytes())) {
            other = budget.share();
        }
        assertThat(share.holdAnswer(MEBIBYTE + (4 << 10))).isTrue();
    }

    @Test
    void a_budget_without_a_byte_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteBudget(0));
    }

    @Test
    void however_many_threads_hold_it_is_never_exceeded_and_empty_at_the_end() throws Exception {
        long seed = new Random().nextLong();
        var clients = List.of(new ByteBudget.Account(), new ByteBudget.Account());
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var random = new Random(seed + i);
                ByteBudget.Share share = budget.share().of(List.of(clients.get(i / 2)));
                all.add(threads.submit(() -> holdAndGiveBack(share, random, seed)));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(budget.heldBytes()).as("seed %d", seed).isZero();
        assertThat(clients).as("seed %d", seed).allMatch(ByteBudget.Account::isEmpty);
    }

    private void holdAndGiveBack(ByteBudget.Share share, Random random, long seed) {
        for (int i = 0; i < 20_000; i++) {
            share.holdRequest(random.nextInt(3 * MEBIBYTE));
            assertThat(budget.heldBytes()).as("seed %d", seed).isBetween(0L, 4L * MEBIBYTE);
        }
        share.giveBack();
    }
}
