package dev.genstore.auth;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;

/** What the claims of a token must say (RFC 7519, 4.1; RFC 8725, 3.8 to 3.10), on Java's own values. */
final class ClaimModel {
    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "api";
    private static final long LEEWAY_SECONDS = 60;
    private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

    private ClaimModel() {}

    /** Of whom claims tell. */
    record Holder(String subject, Set<String> scopes, Instant expires) {}

    static Optional<Holder> holder(Map<?, ?> claims, Instant now) {
        BigDecimal seconds = BigDecimal.valueOf(now.getEpochSecond());
        boolean isGood = ISSUER.equals(claims.get("iss"))
                && isForUs(claims.get("aud"))
                && claims.get("sub") instanceof String subject
                && !subject.isBlank()
                && areTimes(claims)
                && claims.containsKey("exp")
                && millis(claims, "exp").compareTo(seconds.movePointRight(3)) > 0
                && hasBegun(claims, "nbf", seconds)
                && hasBegun(claims, "iat", seconds);
        return isGood
                ? Optional.of(new Holder(
                        String.valueOf(claims.get("sub")),
                        scopes(claims.get("scope")),
                        Instant.ofEpochMilli(millis(claims, "exp").longValue())))
                : Optional.empty();
    }

    private static boolean isForUs(@Nullable Object audience) {
        return audience instanceof List<?> all ? all.contains(AUDIENCE) : AUDIENCE.equals(audience);
    }

    private static boolean areTimes(Map<?, ?> claims) {
        return List.of("exp", "nbf", "iat").stream()
                .filter(claims::containsKey)
                .allMatch(name -> isTime(claims.get(name)));
    }

    private static boolean isTime(@Nullable Object value) {
        return value instanceof Number number
                && Double.isFinite(number.doubleValue())
                && exact(number).signum() >= 0
                && exact(number).compareTo(LAST) <= 0;
    }

    /** As a float of 64 bits has it, as JSON's numbers are. */
    private static BigDecimal exact(Number number) {
        return BigDecimal.valueOf(number.doubleValue());
    }

    private static BigDecimal millis(Map<?, ?> claims, String name) {
        return claims.get(name) instanceof Number number
                ? exact(number).movePointRight(3).setScale(0, RoundingMode.DOWN)
                : BigDecimal.ZERO;
    }

    private static boolean hasBegun(Map<?, ?> claims, String name, BigDecimal now) {
        BigDecimal latest = now.add(BigDecimal.valueOf(LEEWAY_SECONDS)).movePointRight(3);
        return millis(claims, name).compareTo(latest) <= 0;
    }

    private static Set<String> scopes(@Nullable Object scope) {
        var scopes = new TreeSet<String>();
        if (scope instanceof String text) {
            new StringTokenizer(text.strip(), " ")
                    .asIterator()
                    .forEachRemaining(each -> scopes.add(String.valueOf(each)));
        } else if (scope instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof String text && !text.isEmpty()) {
                    scopes.add(text);
                }
            });
        }
        return scopes;
    }
}
