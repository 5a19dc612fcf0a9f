package dev.genstore.auth;

import static dev.genstore.auth.TokenRig.RS;
import static dev.genstore.auth.TokenRig.RSA;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.auth.KeyServer.Behaviour;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of an issuer, from a server that answers late, wrongly, without end, or with other keys. */
class IssuerKeysTest {
    private static final Signer NEXT = Signer.rsa(2048);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final String FIRST_SET = TokenRig.set(List.of(RSA.jwk("first", "")));
    private static final String BOTH =
            TokenRig.set(List.of(RSA.jwk("first", ""), NEXT.jwk("next", "")));
    private static final String NEXT_SET = TokenRig.set(List.of(NEXT.jwk("next", "")));

    private final KeyServer server = new KeyServer();
    private final ManualClock clock = new ManualClock();
    private final TokenRig rig = new TokenRig();
    private final Tokens tokens = new Tokens(
            List.of(new Issuer(RS, server.url(), Set.of("my-api"), Set.of(Algorithm.RS256))),
            new HttpKeyFetch(PATIENCE),
            clock,
            IssuerKeys.Times.DEFAULT);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keys_are_fetched_once_for_many_tokens() {
        server.behaviour = Behaviour.answers(FIRST_SET);
        for (int i = 0; i < 20; i++) {
            tokens.verify(by(RSA, "first", "user" + i));
        }
        assertThat(server.requests).hasValue(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void without_keys_nobody_can_be_told_and_the_client_may_try_later(
            String what, Behaviour behaviour) {
        server.behaviour = behaviour;
        Problem problem =
                catchThrowableOfType(Problem.class, () -> tokens.verify(by(RSA, "first", "ann")));
        assertThat(problem.type()).as(what).isEqualTo(ProblemType.ISSUER_UNAVAILABLE);
        assertThat(problem.headers()).containsEntry("Retry-After", "31");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void while_the_issuer_fails_the_old_keys_stay_good_for_a_day(String what, Behaviour behaviour) {
        server.behaviour = Behaviour.answers(FIRST_SET);
        tokens.verify(by(RSA, "first", "ann"));
        server.behaviour = behaviour;
        clock.advance(Duration.ofHours(23));
        assertThat(tokens.verify(by(RSA, "first", "bob")).id()).as(what).endsWith("#bob");
        clock.advance(Duration.ofHours(2));
        assertThatThrownBy(() -> tokens.verify(by(RSA, "first", "cat")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type())
                                .isEqualTo(ProblemType.ISSUER_UNAVAILABLE));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("an error", Behaviour.answers(500, "{}")),
                Arguments.of("nothing", Behaviour.answers(404, "")),
                Arguments.of("an empty answer", Behaviour.answers("")),
                Arguments.of("a page", Behaviour.answers("<html>Log in</html>")),
                Arguments.of("a list", Behaviour.answers("[]")),
                Arguments.of("another object", Behaviour.answers("{}")),
                Arguments.of("a set twice", Behaviour.answers("{\"keys\":[],\"keys\":[]}")),
                Arguments.of(
                        "deep JSON",
                        Behaviour.answers(
                                "{\"keys\":" + "[".repeat(9_000) + "]".repeat(9_000) + "}")),
                Arguments.of("too many keys", Behaviour.answers(many(101))),
                Arguments.of("an answer that hangs", Behaviour.hangsBehind("{\"keys\":")),
                Arguments.of("an answer without end", Behaviour.pours()),
                Arguments.of("another place", Behaviour.leadsTo("http://127.0.0.1:1/keys")));
    }

    private static String many(int count) {
        return TokenRig.set(IntStream.range(0, count)
                .mapToObj(i -> "{\"kty\":\"new\",\"kid\":\"" + i + "\"}")
                .toList());
    }

    @Test
    void a_key_that_cannot_be_used_does_not_spoil_the_others() {
        server.behaviour = Behaviour.answers(TokenRig.set(List.of(
                "{}", "7", "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}", RSA.jwk("first", ""))));
        assertThat(tokens.verify(by(RSA, "first", "ann")).id()).endsWith("#ann");
    }

    @Test
    void a_new_key_is_found_when_a_token_names_it() {
        server.behaviour = Behaviour.answers(FIRST_SET);
        tokens.verify(by(RSA, "first", "ann"));
        server.behaviour = Behaviour.answers(BOTH);
        clock.advance(Duration.ofSeconds(31));
        assertThat(tokens.verify(by(NEXT, "next", "ann")).id()).endsWith("#ann");
        assertThat(server.requests).hasValue(2);
    }

    @Test
    void names_that_are_made_up_do_not_flood_the_issuer() {
        server.behaviour = Behaviour.answers(FIRST_SET);
        for (int second = 0; second < 100; second++) {
            String token = by(NEXT, "made-up-" + second, "ann");
            assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(Problem.class);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(server.requests.get()).isBetween(1, 4);
    }

    @Test
    void many_who_need_the_keys_at_once_ask_for_them_once() throws Exception {
        server.behaviour = Behaviour.answers(FIRST_SET);
        var asking = new ArrayList<Callable<String>>();
        for (int i = 0; i < 20; i++) {
            String token = by(RSA, "first", "user" + i);
            asking.add(() -> tokens.verify(token).id());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(asking)) {
                assertThat(answer.get()).startsWith(RS);
            }
        }
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void a_key_that_the_issuer_has_withdrawn_opens_nothing_after_ten_minutes() {
        server.behaviour = Behaviour.answers(BOTH);
        String old = by(RSA, "first", "ann");
        tokens.verify(old);
        assertThat(tokens.recall(old)).isNotNull();
        server.behaviour = Behaviour.answers(NEXT_SET);
        clock.advance(Duration.ofMinutes(10));
        assertThat(tokens.recall(old)).as("it is checked again").isNull();
        assertThatThrownBy(() -> tokens.verify(old))
                .hasMessage("The token is not signed as an issuer of this server signs.");
        assertThat(tokens.recall(old)).isNull();
    }

    private String by(Signer signer, String keyId, String subject) {
        return signer.sign(
                "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}",
                rig.claims(
                        RS,
                        "sub",
                        "\"" + subject + "\"",
                        "exp",
                        "" + rig.seconds(Duration.ofDays(3).toSeconds())));
    }
}
