package dev.genstore.auth;

import java.net.URI;
import java.util.Set;

/**
 * Somebody whose tokens are accepted.
 *
 * <p>Immutable.
 *
 * @param name what {@code iss} must be, to the letter
 * @param keys where its keys are, as a JWK set (RFC 7517): by https, or from this machine
 * @param audiences one of these must be in {@code aud}, which keeps tokens out that are for others
 * @param algorithms how it signs; what a token says of that itself is not believed
 * @param saysType whether its tokens must say that they are access tokens, {@code at+jwt} (RFC 9068):
 *     then those that it makes for something else let nobody in (RFC 8725, 3.12)
 */
public record Issuer(
        String name, URI keys, Set<String> audiences, Set<Algorithm> algorithms, boolean saysType) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Issuer {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        require(!name.isBlank(), "An issuer has a name.");
        require(isSafe(keys), "An issuer's keys are at an https URL; http only from localhost.");
        require(!audiences.isEmpty(), "An issuer's tokens are for an audience; name it.");
        require(!algorithms.isEmpty(), "An issuer signs with RS256, ES256 or EdDSA; name it.");
    }

    /** One whose tokens need not say that they are access tokens. */
    public Issuer(String name, URI keys, Set<String> audiences, Set<Algorithm> algorithms) {
        this(name, keys, audiences, algorithms, false);
    }

    /** Who could change the answer on its way could make tokens. */
    private static boolean isSafe(URI url) {
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(url.getScheme())
                || ("http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.contains(host));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
