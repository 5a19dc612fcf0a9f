package dev.genstore.wire.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Challenges;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Credentials can't be guessed for ever. */
class GuessesTest {
    private static final String HERE = "192.0.2.7";
    private static final String THERE = "192.0.2.8";

    private final RateRig rig = new RateRig(RateRig.SMALL);

    private static void refused(ThrowingCallable action) {
        Problem problem = catchThrowableOfType(Problem.class, action);
        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    }

    @Test
    void on_the_own_machine_nobody_may_guess_for_ever() {
        Visit visit = rig.visit("127.0.0.1");
        Problem wrong = Challenges.invalidToken("The API key is unknown here.");
        for (int i = 0; i < 100; i++) {
            assertThat(visit.failed(wrong)).isSameAs(wrong);
        }
        refused(rig.visit("127.0.0.1")::requireTries);
        visit.request(1_000);
    }

    @Test
    void whose_issuer_is_away_has_no_more_tries_than_who_guesses() {
        Visit visit = rig.visit(HERE);
        Problem away = ProblemType.ISSUER_UNAVAILABLE.because("try again");
        for (int i = 0; i < 100; i++) {
            assertThat(visit.failed(away)).isSameAs(away);
        }
        refused(visit::requireTries);
    }

    @Test
    void whoever_tries_many_wrong_credentials_may_try_no_more() {
        Visit visit = rig.visit(HERE);
        Problem wrong = Challenges.invalidToken("The API key is unknown here.");
        for (int i = 0; i < 100; i++) {
            visit.requireTries();
            assertThat(visit.failed(wrong)).isSameAs(wrong);
        }
        refused(visit::requireTries);
        assertThat(visit.failed(wrong).type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        visit.request(1);
        rig.visit(THERE).requireTries();
        rig.advance(Duration.ofSeconds(1));
        visit.requireTries();
        assertThat(rig.refusals()).hasSize(2).containsOnly(Refusal.CREDENTIALS);
    }

    @Test
    void who_shows_no_credentials_has_not_tried_any() {
        Visit visit = rig.visit(HERE);
        Problem missing = Challenges.unauthenticated();
        for (int i = 0; i < 1_000; i++) {
            assertThat(visit.failed(missing)).isSameAs(missing);
        }
        visit.requireTries();
    }
}
