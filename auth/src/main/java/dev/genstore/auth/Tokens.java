package dev.genstore.auth;

import dev.genstore.auth.VerifiedTokens.Verified;
import dev.genstore.router.Challenges;
import dev.genstore.router.Principal;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the tokens of the configured issuers, as RFC 8725 has it: the issuer says what a token must
 * be like, never the token. Thread-safe.
 */
final class Tokens {
    private final InstantSource clock;
    private final Map<String, Trusted> issuers = new LinkedHashMap<>();
    private final VerifiedTokens verified = new VerifiedTokens(VerifiedTokens.COUNT_MAX);

    private record Trusted(Issuer issuer, IssuerKeys keys) {}

    /**
     * Tokens of these issuers.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    Tokens(List<Issuer> issuers, KeyFetch fetch, InstantSource clock, IssuerKeys.Times times) {
        this.clock = clock;
        for (Issuer issuer : issuers) {
            var trusted = new Trusted(issuer, new IssuerKeys(issuer, fetch, clock, times));
            if (this.issuers.put(issuer.name(), trusted) != null) {
                throw new IllegalArgumentException(
                        "The issuer " + issuer.name() + " is given twice.");
            }
        }
    }

    boolean hasIssuers() {
        return !issuers.isEmpty();
    }

    /**
     * Of whom a token is that was checked lately; null when it has to be {@link #verify}ed.
     *
     * @throws dev.genstore.resource.Problem 401 when it has expired since
     */
    @Nullable Principal recall(String token) {
        Verified known = verified.find(Hash.of(token));
        return known == null || known.isStale() || !known.keys().areFresh()
                ? null
                : unexpired(known.principal());
    }

    /**
     * Of whom a token is. This may fetch keys. What it claims, but for its time, is looked at when it is
     * known to be signed: else anybody could ask by tokens of his own what this server expects of one.
     *
     * @throws dev.genstore.resource.Problem 401 when it is no good, 503 when that can't be told
     */
    Principal verify(String token) {
        SignedToken signed = SignedToken.read(token);
        ClaimCheck.requireTimely(signed.claims(), clock.instant());
        Trusted trusted = trusted(signed.claims().get("iss"));
        if (!trusted.issuer.algorithms().contains(signed.algorithm())) {
            throw SignedToken.wronglySigned();
        }
        if (!trusted.keys.haveSigned(signed)) {
            verified.remove(Hash.of(token));
            throw SignedToken.wronglySigned();
        }
        if (trusted.issuer.saysType() && !signed.isAccess()) {
            throw SignedToken.wrongType();
        }
        Principal principal =
                ClaimCheck.principal(signed.claims(), trusted.issuer, clock.instant());
        int generation = trusted.keys.generation();
        verified.add(Hash.of(token), new Verified(principal, trusted.keys, generation));
        return principal;
    }

    private Trusted trusted(@Nullable JsonNode name) {
        Trusted trusted = name == null || !name.isString() ? null : issuers.get(name.stringValue());
        if (trusted == null) {
            throw SignedToken.wronglySigned();
        }
        return trusted;
    }

    private Principal unexpired(Principal principal) {
        if (!isGood(principal)) {
            throw Challenges.invalidToken("The token has expired.");
        }
        return principal;
    }

    /** Whether one that a token has let in may stay. */
    boolean isGood(Principal principal) {
        Instant expires = principal.expires();
        return expires != null && clock.instant().isBefore(expires);
    }
}
