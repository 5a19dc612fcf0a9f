package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Of all texts only those that the issuer has signed let anybody in, letter by letter. Its private
 * keys are forgotten; what it signed with them is in {@code good-tokens.txt}.
 */
public final class TokenTarget {
    private static final String KEYS = text("issuer-keys.json");
    private static final Set<String> GOOD =
            Set.copyOf(text("good-tokens.txt").lines().toList());
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Issuer ISSUER = new Issuer(
            "https://issuer.example",
            URI.create("https://issuer.example/keys"),
            Set.of("api"),
            EnumSet.allOf(Algorithm.class));
    private static final Tokens TOKENS = new Tokens(
            List.of(ISSUER),
            url -> KEYS.getBytes(StandardCharsets.UTF_8),
            CLOCK,
            IssuerKeys.Times.DEFAULT);

    private TokenTarget() {}

    /** Tries this text as a token, and as what the header has behind its name. */
    public static void check(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        assertThat(isLetIn(text)).isEqualTo(GOOD.contains(text));
        String found = found(Headers.of(List.of(Map.entry("Authorization", "Bearer " + text))));
        if (found != null) {
            assertThat(text).contains(found);
        }
        found(Headers.of(List.of(
                Map.entry("Upgrade", "websocket"), Map.entry("Sec-WebSocket-Protocol", text))));
    }

    private static boolean isLetIn(String token) {
        try {
            return TOKENS.verify(token).id().equals("https://issuer.example#ann");
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_TOKEN);
            assertThat(problem.detail()).as("no token is repeated").doesNotContain("eyJ");
            return false;
        }
    }

    private static @Nullable String found(Headers headers) {
        try {
            return BearerToken.of(headers);
        } catch (Problem problem) {
            assertThat(problem.type().status()).isBetween(400, 401);
            return null;
        }
    }

    private static String text(String file) {
        try (InputStream in =
                Objects.requireNonNull(TokenTarget.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
