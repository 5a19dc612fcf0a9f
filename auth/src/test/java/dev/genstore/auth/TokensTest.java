package dev.genstore.auth;

import static dev.genstore.auth.TokenRig.ALL;
import static dev.genstore.auth.TokenRig.EC;
import static dev.genstore.auth.TokenRig.ED;
import static dev.genstore.auth.TokenRig.EDWARDS;
import static dev.genstore.auth.TokenRig.ES;
import static dev.genstore.auth.TokenRig.RS;
import static dev.genstore.auth.TokenRig.RSA;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.genstore.resource.Problem;
import dev.genstore.router.Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tokens that are good, and for how long they are. */
class TokensTest {
    private final TokenRig rig = new TokenRig();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void it_lets_its_owner_in(String what, Function<TokenRig, String> token) {
        Principal principal = rig.tokens.verify(token.apply(rig));
        assertThat(principal.id()).as(what).endsWith(".example#ann");
        assertThat(principal.kind()).isEqualTo(Principal.Kind.TOKEN);
        assertThat(rig.tokens.isGood(principal)).isTrue();
    }

    static Stream<Arguments> it_lets_its_owner_in() {
        return Stream.of(
                row("RS256", TokenRig::claiming),
                row("ES256", rig -> EC.sign("{\"alg\":\"ES256\",\"kid\":\"ec\"}", rig.claims(ES))),
                row("EdDSA", rig -> ED.sign("{\"alg\":\"EdDSA\"}", rig.claims(EDWARDS))),
                row("no kid and one key", rig -> rig.headed("{\"alg\":\"RS256\"}")),
                row(
                        "one of several keys",
                        rig -> RSA.sign("{\"alg\":\"RS256\",\"kid\":\"two\"}", rig.claims(ALL))),
                row("JWT", rig -> rig.headed("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")),
                row("at+jwt", rig -> rig.headed("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}")),
                row(
                        "its long name",
                        rig -> rig.headed("{\"alg\":\"RS256\",\"typ\":\"application/at+jwt\"}")),
                row("one of several audiences", rig -> rig.claiming("aud", "[\"x\",\"my-api\"]")),
                row("a clock that is ahead", rig -> rig.claiming("iat", "" + rig.seconds(59))),
                row("a beginning that is near", rig -> rig.claiming("nbf", "" + rig.seconds(59))),
                row("a part of a second", rig -> rig.claiming("exp", rig.seconds(1) + ".5")),
                row(
                        "a URL that nobody follows",
                        rig -> rig.headed(
                                "{\"alg\":\"RS256\",\"jku\":\"https://evil.example/keys\"}")));
    }

    private static Arguments row(String what, Function<TokenRig, String> token) {
        return Arguments.of(what, token);
    }

    @Test
    void it_is_understood_what_a_well_known_library_signs() throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .issuer(RS)
                .subject("ann")
                .audience("my-api")
                .claim("scope", "read write")
                .expirationTime(Date.from(rig.clock.instant().plusSeconds(60)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        token.sign(new RSASSASigner(RSA.keys().getPrivate()));
        Principal principal = rig.tokens.verify(token.serialize());
        assertThat(principal.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(principal.expires()).isEqualTo(rig.clock.instant().plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a b\" | a,b",
                "\"\" | ''",
                "[\"a\",\"b\"] | a,b",
                "7 | ''",
                "\" a  b \" | a,b",
                "\"a a\" | a",
                "\"a b a\" | a,b",
                "\"  \" | ''",
                "[\"a\",\"a\",\"\",null,7] | a"
            })
    void scopes_are_words(String claim, String scopes) {
        Principal principal = rig.tokens.verify(rig.claiming("scope", claim));
        assertThat(principal.scopes())
                .isEqualTo(scopes.isEmpty() ? Set.of() : Set.of(scopes.split(",")));
    }

    @Test
    void its_claims_are_there_for_rules() {
        Principal principal = rig.tokens.verify(rig.claiming("team", "{\"id\":7}"));
        assertThat(principal.claims().path("team").path("id").intValue()).isEqualTo(7);
        assertThat(principal.claims().path("sub").stringValue()).isEqualTo("ann");
    }

    @Test
    void two_issuers_with_the_same_subject_are_two() {
        assertThat(rig.tokens.verify(rig.claiming()).id())
                .isEqualTo(RS + "#ann")
                .isNotEqualTo(rig.tokens
                        .verify(EC.sign("{\"alg\":\"ES256\"}", rig.claims(ES)))
                        .id());
    }

    @Test
    void what_was_checked_once_is_remembered_until_it_expires() {
        String token = rig.claiming();
        assertThat(rig.tokens.recall(token)).isNull();
        Principal principal = rig.tokens.verify(token);
        assertThat(rig.tokens.recall(token)).isSameAs(principal);
        rig.pass(Duration.ofMinutes(9));
        assertThat(rig.tokens.recall(token)).isSameAs(principal);
        assertThat(rig.fetched).hasSize(1);
    }

    @Test
    void it_ceases_to_be_good_at_the_second_that_it_says() {
        String token = rig.claiming("exp", "" + rig.seconds(60));
        Principal principal = rig.tokens.verify(token);
        rig.pass(Duration.ofMillis(59_999));
        assertThat(rig.tokens.isGood(principal)).isTrue();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.tokens.isGood(principal)).isFalse();
        assertThatThrownBy(() -> rig.tokens.recall(token)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> rig.tokens.verify(token)).hasMessage("The token has expired.");
    }

    @Test
    void a_bounded_number_is_remembered_and_the_oldest_goes() {
        var verified = new VerifiedTokens(2);
        Principal principal = rig.tokens.verify(rig.claiming());
        var keys = new IssuerKeys(
                new Issuer(RS, URI.create(RS), Set.of("a"), Set.of(Algorithm.RS256)),
                url -> new byte[0],
                rig.clock,
                IssuerKeys.Times.DEFAULT);
        for (String hash : new String[] {"a", "b", "a", "c"}) {
            verified.find("a");
            verified.add(hash, new VerifiedTokens.Verified(principal, keys, 0));
        }
        assertThat(verified.count()).isEqualTo(2);
        assertThat(verified.find("b")).isNull();
        assertThat(Objects.requireNonNull(verified.find("a")).isStale()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/keys",
                "http://127.0.0.1.example/keys",
                "http://localhost@id.example/keys",
                "https://user:password@id.example/keys",
                "ftp://id.example/keys",
                "file:///etc/keys",
                "keys"
            })
    void keys_come_by_https_or_from_this_machine(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Issuer(RS, URI.create(url), Set.of("a"), Set.of(Algorithm.RS256)));
    }

    @Test
    void what_a_principal_shows_of_himself_in_a_log_is_who_he_is() {
        assertThat(rig.tokens.verify(rig.claiming("email", "\"a@b\""))).hasToString(RS + "#ann");
    }
}
