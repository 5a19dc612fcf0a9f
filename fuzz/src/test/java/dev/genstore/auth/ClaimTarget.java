package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.Principal;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claims that the issuer has signed, whatever they are: they let in whom a slow reading of them lets
 * in, as the same, with the same scopes, and until the same time.
 */
public final class ClaimTarget {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TestSigner SIGNER = new TestSigner();
    private static final Tokens TOKENS = new Tokens(
            List.of(new Issuer(
                    ClaimModel.ISSUER,
                    URI.create("https://issuer.example/keys"),
                    Set.of(ClaimModel.AUDIENCE),
                    Set.of(Algorithm.EDDSA))),
            _ -> SIGNER.keySet(),
            InstantSource.fixed(NOW),
            IssuerKeys.Times.DEFAULT);

    private ClaimTarget() {}

    /** Tries these claims. */
    public static void check(byte[] input) {
        Principal found = principal(SIGNER.token(input));
        Optional<ClaimModel.Holder> meant =
                claims(input).flatMap(claims -> ClaimModel.holder(claims, NOW));
        assertThat(found != null).as("let in").isEqualTo(meant.isPresent());
        if (found != null) {
            assertThat(TOKENS.recall(SIGNER.token(input))).as("once more").isEqualTo(found);
            meant.ifPresent(holder -> checkSame(found, holder));
        }
    }

    private static void checkSame(Principal found, ClaimModel.Holder holder) {
        assertThat(found.id()).isEqualTo(ClaimModel.ISSUER + "#" + holder.subject());
        assertThat(found.scopes()).isEqualTo(holder.scopes());
        assertThat(found.expires())
                .isBetween(holder.expires().minusMillis(1), holder.expires().plusMillis(1));
    }

    private static @Nullable Principal principal(String token) {
        try {
            return TOKENS.verify(token);
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TOKEN);
            assertThat(new String(problem.json(), UTF_8)).doesNotContain(token);
            return null;
        }
    }

    /** An object, if it is one that two readers could not understand in two ways. */
    private static Optional<Map<?, ?>> claims(byte[] input) {
        try {
            StrictJson.tree(input);
            return MAPPER.readValue(input, Object.class) instanceof Map<?, ?> claims
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (Problem refused) {
            return Optional.empty();
        }
    }
}
