package dev.genstore.auth;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The API keys of a store, to be made, looked at and revoked, whether a server has the store open or
 * not. A running server sees a change within a second, and tells nothing that happens behind it to
 * whom it shuts out.
 *
 * <p>Thread-safe, and safe for several processes.
 */
public final class ApiKeys {
    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 8;

    private final KeyFile file;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * A key that was just made.
     *
     * @param key what is kept of it
     * @param text the key itself, which nobody can find out later
     */
    public record Made(ApiKey key, String text) {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    ApiKeys(KeyFile file, InstantSource clock, RandomGenerator random) {
        this.file = file;
        this.clock = clock;
        this.random = random;
    }

    /** The keys of the store in this folder, which need not be there yet. */
    public static ApiKeys in(Path folder) {
        return in(folder, InstantSource.system());
    }

    /** The same by another clock. */
    public static ApiKeys in(Path folder, InstantSource clock) {
        return new ApiKeys(new KeyFile(folder), clock, new SecureRandom());
    }

    /**
     * Makes a key.
     *
     * @param name what it is for
     * @param scopes what it may be used for
     * @param lifetime for how long it is good; null for ever
     * @throws IllegalArgumentException with a sentence, when the name or a scope can't be
     * @throws KeyFileException when it can't be kept
     */
    public Made create(String name, Set<String> scopes, @Nullable Duration lifetime) {
        String text = KeyText.make(random);
        Instant now = now();
        Instant expires = lifetime == null ? null : now.plus(lifetime);
        var key = new ApiKey(id(), name, Hash.of(text), scopes, now, expires, null);
        file.change(keys -> {
            var more = new ArrayList<>(keys);
            more.add(key);
            return more;
        });
        return new Made(key, text);
    }

    /** All keys that were ever made, the oldest first. */
    public List<ApiKey> list() {
        return file.read();
    }

    /** Revokes a key; returns it, or nothing when there is none with this id. */
    public Optional<ApiKey> revoke(String id) {
        Instant now = now();
        if (list().stream().noneMatch(key -> key.id().equals(id))) {
            return Optional.empty();
        }
        file.change(keys -> keys.stream()
                .map(key -> key.id().equals(id) ? key.revokedAt(now) : key)
                .toList());
        return list().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private String id() {
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return id.toString();
    }
}
