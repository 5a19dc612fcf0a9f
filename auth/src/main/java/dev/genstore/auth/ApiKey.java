package dev.genstore.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a store knows of an API key: everything but the key itself.
 *
 * <p>Immutable.
 *
 * @param id what people call it by; it opens nothing
 * @param name what it is for
 * @param sha256 the hash of the key, in hexadecimal digits
 * @param scopes what it may be used for, as rules understand it
 * @param created when it was made
 * @param expires when it ceases to be good, or null for never
 * @param revoked when it was revoked, or null if it was not
 */
public record ApiKey(
        String id,
        String name,
        String sha256,
        Set<String> scopes,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@:/-]{0,99}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** A scope of RFC 6749, 3.3, without commas, as lists have those between them. */
    private static final Pattern SCOPE = Pattern.compile("[!#-+\\--\\[\\]-~]{1,100}");

    public ApiKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(created, "created");
        scopes = Set.copyOf(scopes);
        requireName(name);
        require(SHA_256.matcher(sha256).matches(), "A hash is 64 hexadecimal digits.");
        requireScopes(scopes);
    }

    /**
     * Refuses what can't be a name.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static void requireName(String name) {
        require(
                NAME.matcher(name).matches(),
                "A key's name is up to 100 letters, digits, spaces and any of ._@:/-, and begins"
                        + " with a letter or a digit.");
    }

    /**
     * Refuses what can't be scopes.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static void requireScopes(Set<String> scopes) {
        require(
                scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches()),
                "A scope is up to 100 visible ASCII characters without quotes, backslashes and"
                        + " commas.");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** Whether it opens anything at this time. */
    public boolean isGoodAt(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }

    /** Whether it has long opened nothing: since this time or an earlier one. */
    boolean wasOverAt(Instant time) {
        return (revoked != null && !revoked.isAfter(time))
                || (expires != null && !expires.isAfter(time));
    }

    /** The same, revoked; one that was revoked before stays so. */
    ApiKey revokedAt(Instant now) {
        return revoked == null ? new ApiKey(id, name, sha256, scopes, created, expires, now) : this;
    }

    /** Without the hash, so that it is in no log. */
    @Override
    public String toString() {
        return "key " + id + " (" + name + ")";
    }
}
