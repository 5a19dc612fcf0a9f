package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.router.Principal;
import dev.genstore.testkit.ManualClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** How long sessions live, and how many there are. */
class SessionsTest {
    private final ManualClock clock = new ManualClock();
    private final Sessions sessions = new Sessions(clock, new Random(1));

    private static Principal principal(String id, @Nullable Instant expires) {
        return new Principal(
                id,
                Principal.Kind.KEY,
                Set.of("x"),
                JsonNodeFactory.instance.objectNode(),
                expires);
    }

    private Sessions.Begun begin(String id) {
        return sessions.begin(principal(id, null), true);
    }

    @Test
    void one_is_over_that_is_not_used_for_an_hour() {
        Sessions.Begun begun = begin("a");
        for (int i = 0; i < 10; i++) {
            clock.advance(Sessions.IDLE_MAX.minusSeconds(1));
            assertThat(sessions.use(begun.cookie())).isEqualTo(begun.principal());
        }
        clock.advance(Sessions.IDLE_MAX);
        assertThat(sessions.use(begun.cookie())).isNull();
    }

    @Test
    void to_be_looked_at_is_not_to_be_used() {
        Sessions.Begun begun = begin("a");
        String session = String.valueOf(begun.principal().session());
        clock.advance(Sessions.IDLE_MAX.minusSeconds(1));
        assertThat(sessions.isThere(session)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.isThere(session)).isFalse();
    }

    @Test
    void one_is_over_after_twelve_hours_however_often_it_is_used() {
        Sessions.Begun begun = begin("a");
        assertThat(begun.principal().expires()).isEqualTo(clock.instant().plus(Sessions.LIFE_MAX));
        for (int i = 0; i < 24; i++) {
            assertThat(sessions.use(begun.cookie())).as("%d half hours", i).isNotNull();
            clock.advance(Duration.ofMinutes(30));
        }
        assertThat(sessions.use(begun.cookie())).isNull();
    }

    @Test
    void one_is_over_when_its_credentials_expire() {
        Instant expires = clock.instant().plusSeconds(60);
        Sessions.Begun begun = sessions.begin(principal("a", expires), true);
        assertThat(begun.principal().expires()).isEqualTo(expires);
        clock.advance(Duration.ofSeconds(60));
        assertThat(sessions.use(begun.cookie())).isNull();
    }

    @Test
    void those_are_forgotten_that_are_over_or_whose_credentials_are_no_good_any_more() {
        begin("good");
        begin("bad");
        assertThat(sessions.forget(who -> true)).isFalse();
        assertThat(sessions.forget(who -> who.id().equals("good"))).isTrue();
        assertThat(sessions.count()).isEqualTo(1);
        clock.advance(Sessions.IDLE_MAX);
        assertThat(sessions.forget(who -> true)).isTrue();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void of_too_many_of_one_principal_that_goes_which_was_not_used_for_longest() {
        List<Sessions.Begun> his = new ArrayList<>();
        for (int i = 0; i < Sessions.COUNT_MAX_EACH; i++) {
            his.add(begin("a"));
        }
        Sessions.Begun other = begin("b");
        sessions.use(his.getFirst().cookie());
        begin("a");
        assertThat(sessions.use(his.get(0).cookie())).isNotNull();
        assertThat(sessions.use(his.get(1).cookie())).isNull();
        assertThat(sessions.use(other.cookie())).isNotNull();
    }

    @Test
    void that_one_went_to_make_room_or_was_found_over_is_said_once() {
        for (int i = 0; i <= Sessions.COUNT_MAX_EACH; i++) {
            assertThat(sessions.forget(who -> true)).as("%d sessions", i).isFalse();
            begin("a");
        }
        assertThat(sessions.forget(who -> true)).isTrue();
        assertThat(sessions.forget(who -> true)).isFalse();
        Sessions.Begun begun = begin("b");
        clock.advance(Sessions.IDLE_MAX);
        assertThat(sessions.use(begun.cookie())).isNull();
        begin("c");
        assertThat(sessions.forget(who -> true)).isTrue();
        assertThat(sessions.forget(who -> true)).isFalse();
    }

    @Test
    void when_there_are_too_many_of_all_no_other_one_can_begin() {
        for (int i = 0; i < Sessions.COUNT_MAX; i++) {
            begin("principal-" + i);
        }
        assertThatThrownBy(() -> begin("late"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type().status()).isEqualTo(503));
        clock.advance(Sessions.IDLE_MAX);
        begin("late");
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void what_a_browser_has_is_not_what_is_kept() {
        Sessions.Begun begun = begin("a");
        assertThat(begun.principal().session()).doesNotContain(begun.cookie().value());
        assertThat(begun.toString()).doesNotContain(begun.cookie().value());
    }
}
