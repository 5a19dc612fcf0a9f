package dev.genstore.auth;

import dev.genstore.resource.Json;
import dev.genstore.router.Principal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The API keys as a running server knows them. It looks whether the file was replaced when it is told
 * to, and that costs next to nothing when it was not.
 *
 * <p>Looking a key up is thread-safe and takes no lock; {@link #refresh} is for one thread at a time.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final KeyFile file;
    private final InstantSource clock;
    private volatile Keys keys;

    /** The last state of the file that was no file of keys; it is not read again. */
    private KeyFile.@Nullable Stamp damaged;

    /** Whether it was told that the file can't be read, since it could last. */
    private boolean isTold;

    /** One state of the file; whoever has once locked the door wants it locked. */
    private record Keys(
            KeyFile.@Nullable Stamp stamp,
            Map<String, Known> byHash,
            Map<String, ApiKey> byPrincipal,
            boolean isLocked) {}

    /** A key, and whom it lets in. */
    private record Known(ApiKey key, Principal principal) {}

    /**
     * The keys in a file.
     *
     * @throws KeyFileException when they can't be read
     */
    KeyRing(KeyFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.keys = read(file.stamp(), false);
    }

    /** Whether there is or was any key, be it good or not. */
    boolean isLocked() {
        return keys.isLocked;
    }

    /** Locks the door, whatever keys there are: to be called before anybody is let in. */
    void lock() {
        Keys known = keys;
        keys = new Keys(known.stamp, known.byHash, known.byPrincipal, true);
    }

    /** All keys, be they good or not. */
    List<ApiKey> all() {
        return List.copyOf(keys.byPrincipal.values());
    }

    /** Whom this key lets in, or null when it is none or no good. */
    @Nullable Principal find(String text) {
        Known known = keys.byHash.get(Hash.of(text));
        return known != null && known.key.isGoodAt(clock.instant()) ? known.principal : null;
    }

    /** Whether one that a key has let in may stay. */
    boolean isGood(Principal principal) {
        ApiKey key = keys.byPrincipal.get(principal.id());
        return key != null && key.isGoodAt(clock.instant());
    }

    /**
     * Looks whether the file was replaced, and reads it if so. What can't be read changes nothing: an
     * accident with the file must neither open the door nor shut all out. What is damaged is read once
     * and told once, until the file is another one.
     *
     * @return whether the keys are others now
     */
    boolean refresh() {
        try {
            KeyFile.Stamp stamp = file.stamp();
            boolean isKnown = Objects.equals(stamp, keys.stamp);
            if (isKnown) {
                isTold = false;
            }
            return !isKnown && (stamp == null || !stamp.equals(damaged)) && take(stamp);
        } catch (KeyFileException failure) {
            tellOnce(failure);
            return false;
        }
    }

    private boolean take(KeyFile.@Nullable Stamp stamp) {
        try {
            keys = read(stamp, keys.isLocked);
            isTold = false;
            return true;
        } catch (KeyFileException failure) {
            if (!failure.isDamage()) {
                throw failure;
            }
            damaged = stamp;
            tell(failure);
            return false;
        }
    }

    /** It is tried again with each commit, and may be better then. */
    private void tellOnce(KeyFileException failure) {
        if (!isTold) {
            isTold = true;
            tell(failure);
        }
    }

    private static void tell(KeyFileException failure) {
        LOG.error("The API keys stay as they were: {}", failure.getMessage());
    }

    /** Where the file was deleted no key is good any more, but the door stays locked. */
    private Keys read(KeyFile.@Nullable Stamp stamp, boolean wasLocked) {
        List<ApiKey> all = stamp == null ? List.of() : file.read();
        var byHash = new HashMap<String, Known>();
        var byPrincipal = new HashMap<String, ApiKey>();
        for (ApiKey key : all) {
            Principal principal = principal(key);
            byHash.put(key.sha256(), new Known(key, principal));
            byPrincipal.put(principal.id(), key);
        }
        return new Keys(stamp, byHash, byPrincipal, wasLocked || !all.isEmpty());
    }

    private static Principal principal(ApiKey key) {
        return new Principal(
                "key:" + key.id(), Principal.Kind.KEY, key.scopes(), claims(key), key.expires());
    }

    /** As a token would say it. */
    private static JsonNode claims(ApiKey key) {
        return Json.trusted(Json.write(generator -> {
                    generator.writeStartObject();
                    generator.writeStringProperty("sub", "key:" + key.id());
                    generator.writeStringProperty("name", key.name());
                    generator.writeStringProperty("scope", String.join(" ", key.scopes()));
                    generator.writeEndObject();
                }))
                .tree();
    }
}
