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
import java.util.function.BiConsumer;
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

    /** How many keys a store has, those included that are no good any more. */
    private static final int COUNT_MAX = 10_000;

    /** How long their file may be; it is read up to twice that. */
    static final int BYTES_MAX = 8 << 20;

    /** How many scopes a key has. */
    private static final int SCOPES_MAX = 32;

    /** For how long one that is no good any more stays listed, whatever is done over the network. */
    private static final Duration LISTED = Duration.ofDays(30);

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
     * @throws IllegalArgumentException with a sentence, when the name or a scope can't be, or there
     *     are too many keys
     * @throws KeyFileException when it can't be kept
     */
    public Made create(String name, Set<String> scopes, @Nullable Duration lifetime) {
        Instant now = now();
        return make(name, scopes, lifetime == null ? null : now.plus(lifetime), now);
    }

    /**
     * Makes a key for somebody who is not where the store is. So that nobody's keys vanish from the
     * list by what he does, those that are no good any more make room later.
     *
     * @param expires until when it is good; null for ever
     */
    Made createUntil(String name, Set<String> scopes, @Nullable Instant expires) {
        return make(name, scopes, expires, now().minus(LISTED));
    }

    private Made make(
            String name, Set<String> scopes, @Nullable Instant expires, Instant listedSince) {
        if (scopes.size() > SCOPES_MAX) {
            throw new IllegalArgumentException("A key has at most " + SCOPES_MAX + " scopes.");
        }
        String text = KeyText.make(random);
        var key = new ApiKey(id(), name, Hash.of(text), scopes, now(), expires, null);
        file.change(keys -> {
            var more = new ArrayList<>(withRoom(keys, listedSince));
            more.add(key);
            return more;
        });
        return new Made(key, text);
    }

    /** Where there are too many, those are forgotten that were no good at this time. */
    private static List<ApiKey> withRoom(List<ApiKey> keys, Instant listedSince) {
        if (!isFull(keys)) {
            return keys;
        }
        List<ApiKey> left =
                keys.stream().filter(key -> !key.wasOverAt(listedSince)).toList();
        if (isFull(left)) {
            throw new IllegalArgumentException("There are as many API keys as there can be. Those"
                    + " that are revoked or have expired make room: for 'genstore key create' at"
                    + " once, otherwise when that was " + LISTED.toDays() + " days ago.");
        }
        return left;
    }

    private static boolean isFull(List<ApiKey> keys) {
        return keys.size() >= COUNT_MAX || KeyDocument.write(keys).length > BYTES_MAX;
    }

    /** All keys that were made, the oldest first, but those that had to make room. */
    public List<ApiKey> list() {
        return file.read();
    }

    /** Revokes a key; returns it, or nothing when there is none with this id. */
    public Optional<ApiKey> revoke(String id) {
        return revoke(id, (key, others) -> {});
    }

    /**
     * Revokes a key that may be.
     *
     * @param check refuses it by what it throws; it is given the key and those that are good besides
     */
    Optional<ApiKey> revoke(String id, BiConsumer<ApiKey, List<ApiKey>> check) {
        Instant now = now();
        if (find(id).isEmpty()) {
            return Optional.empty();
        }
        file.change(keys -> {
            askBefore(id, keys, check);
            return keys.stream()
                    .map(key -> key.id().equals(id) ? key.revokedAt(now) : key)
                    .toList();
        });
        return find(id);
    }

    private void askBefore(String id, List<ApiKey> keys, BiConsumer<ApiKey, List<ApiKey>> check) {
        Instant now = clock.instant();
        List<ApiKey> good = keys.stream().filter(key -> key.isGoodAt(now)).toList();
        List<ApiKey> others = good.stream().filter(key -> !key.id().equals(id)).toList();
        good.stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .ifPresent(key -> check.accept(key, others));
    }

    /** The key with this id, if there is one. */
    Optional<ApiKey> find(String id) {
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
