package dev.genstore.auth;

import dev.genstore.resource.Problem;
import dev.genstore.router.Challenges;
import dev.genstore.router.Principal;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the claims of a token must say (RFC 7519, 4.1), and whom they tell of. */
final class ClaimCheck {
    /** So much the issuer's clock may be ahead of ours; for the end there is no leeway. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    /** The last second of the year 9999; later ones no date can show. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final JsonNode claims;
    private final Instant now;

    private ClaimCheck(JsonNode claims, Instant now) {
        this.claims = claims;
        this.now = now;
    }

    /**
     * Whom the claims of an issuer's token tell of.
     *
     * @throws Problem 401 when it is not for us or not for now
     */
    static Principal principal(JsonNode claims, Issuer issuer, Instant now) {
        var check = new ClaimCheck(claims, now);
        check.checkAudience(issuer.audiences());
        Instant expires = check.checkTimes();
        String id = issuer.name() + '#' + check.subject();
        return new Principal(id, Principal.Kind.TOKEN, check.scopes(), claims, expires);
    }

    /**
     * Makes sure that it is the time of a token, whoever it is of: for one whose time is over nobody
     * needs to be asked for keys.
     *
     * @throws Problem 401 when it is not
     */
    static void requireTimely(JsonNode claims, Instant now) {
        new ClaimCheck(claims, now).checkTimes();
    }

    private void checkAudience(Set<String> ours) {
        if (texts(claims.get("aud")).stream().noneMatch(ours::contains)) {
            throw Challenges.invalidToken("The token is for another audience.");
        }
    }

    private Instant checkTimes() {
        Instant expires = time("exp");
        Instant begins = time("nbf");
        Instant issued = time("iat");
        if (expires == null) {
            throw Challenges.invalidToken("The token does not say when it expires.");
        }
        if (!now.isBefore(expires)) {
            throw Challenges.invalidToken("The token has expired.");
        }
        if (isAhead(begins) || isAhead(issued)) {
            throw Challenges.invalidToken("The token is not valid yet.");
        }
        return expires;
    }

    private boolean isAhead(@Nullable Instant time) {
        return time != null && time.isAfter(now.plus(LEEWAY));
    }

    private @Nullable Instant time(String name) {
        JsonNode seconds = claims.get(name);
        if (seconds == null) {
            return null;
        }
        double value = seconds.isNumber() ? seconds.doubleValue() : -1;
        if (!(value >= 0 && value <= SECONDS_MAX)) {
            throw Challenges.invalidToken("A time in the token is not a number of seconds.");
        }
        return Instant.ofEpochMilli((long) (value * 1000));
    }

    private String subject() {
        JsonNode subject = claims.get("sub");
        if (subject == null || !subject.isString() || subject.stringValue().isBlank()) {
            throw Challenges.invalidToken("The token does not say of whom it is.");
        }
        return subject.stringValue();
    }

    /**
     * A text with spaces (RFC 8693, 4.2), or an array as some issuers have it. One that is there twice
     * is one (RFC 6749, 3.3, does not forbid it).
     */
    private Set<String> scopes() {
        JsonNode scope = claims.get("scope");
        Set<String> scopes = scope != null && scope.isString()
                ? new HashSet<>(List.of(scope.stringValue().strip().split(" +")))
                : texts(scope);
        scopes.remove("");
        return scopes;
    }

    /** One text, or those of an array; what else is in it says nothing. */
    private static Set<String> texts(@Nullable JsonNode value) {
        var texts = new HashSet<String>();
        if (value != null && value.isString()) {
            texts.add(value.stringValue());
        } else if (value != null && value.isArray()) {
            value.forEach(each -> each.stringValueOpt().ifPresent(texts::add));
        }
        return texts;
    }
}
