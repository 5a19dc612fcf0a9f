package dev.genstore.auth;

import static dev.genstore.auth.TokenRig.ATTACKER_RSA;
import static dev.genstore.auth.TokenRig.RS;
import static dev.genstore.auth.TokenRig.RSA;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Problem;
import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the operator says of an issuer, and what becomes of an issuer that does odd things. */
class IssuerRulesTest {
    private static final String KEYS = TokenRig.set(List.of(RSA.jwk("rsa", "")));

    private final TokenRig rig = new TokenRig();
    private final ManualClock clock = new ManualClock();
    private boolean isOdd;
    private final Tokens tokens = new Tokens(
            List.of(new Issuer(
                    RS,
                    URI.create(RS + "/keys"),
                    Set.of(TokenRig.AUDIENCE),
                    Set.of(Algorithm.RS256),
                    true)),
            this::fetch,
            clock,
            IssuerKeys.Times.DEFAULT);

    private byte[] fetch(URI url) {
        if (isOdd) {
            throw new IllegalArgumentException("a library stumbles over " + url);
        }
        return KEYS.getBytes(StandardCharsets.UTF_8);
    }

    private String typed(String type) {
        return RSA.sign(
                "{\"alg\":\"RS256\",\"kid\":\"rsa\"" + type + "}",
                rig.claims(RS, "exp", "" + rig.seconds(Duration.ofDays(2).toSeconds())));
    }

    /** RFC 8725, 3.12; RFC 9068, 4. */
    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
    void an_access_token_that_says_so_is_let_in(String type) {
        assertThat(tokens.verify(typed(",\"typ\":\"" + type + "\"")).id()).endsWith("#ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"typ\":\"JWT\"", ",\"typ\":\"jwt\""})
    void one_that_may_be_something_else_is_not_where_the_operator_wants_to_know(String type) {
        Problem problem = catchThrowableOfType(Problem.class, () -> tokens.verify(typed(type)));
        assertThat(problem.detail()).isEqualTo("The token is of a type that lets nobody in.");
    }

    @Test
    void whatever_is_thrown_over_its_keys_the_old_ones_stay() {
        String token = typed(",\"typ\":\"at+jwt\"");
        tokens.verify(token);
        isOdd = true;
        clock.advance(Duration.ofHours(1));
        assertThat(tokens.verify(token).id()).endsWith("#ann");
    }

    /** Else whoever likes could ask which issuers and audiences this server has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            iss | "https://x.example"
            iss | "https://es.example"
            aud | "your-api"
            sub | 7
            """)
    void who_can_not_sign_is_told_the_same_whatever_he_claims(String claim, String value) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
        String wrong = ATTACKER_RSA.sign(header, rig.claims(RS, claim, value));
        Refusal.require(rig, wrong, "signed");
        Refusal.require(rig, ATTACKER_RSA.sign(header, rig.claims(RS)), "signed");
    }

    @ParameterizedTest
    @CsvSource({"2040, false", "2048, true", "8192, true", "8193, false", "100000, false"})
    void a_key_is_neither_too_short_nor_so_long_that_a_look_at_it_takes_long(
            int bits, boolean isTaken) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        byte[] bytes = modulus.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        String n = Signer.base64(Arrays.copyOfRange(bytes, from, bytes.length));
        String jwk = "{\"kty\":\"RSA\",\"n\":\"" + n + "\",\"e\":\"AQAB\"}";
        assertThat(VerifyingKey.of(jwk).isPresent()).isEqualTo(isTaken);
    }
}
