package dev.genstore.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.router.Principal;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that were found good, by their hashes, so that a signature is checked once. A bounded
 * number of them; the one that was not used for longest goes. Thread-safe.
 */
final class VerifiedTokens {
    static final int COUNT_MAX = 10_000;

    private final int countMax;

    @GuardedBy("this") private final Map<String, Verified> byHash;

    /**
     * A token that was found good.
     *
     * @param principal of whom it is
     * @param generation of the issuer's keys that it was checked with
     */
    record Verified(Principal principal, IssuerKeys keys, int generation) {
        /** Whether checking it again could end otherwise, but for its time. */
        boolean isStale() {
            return generation != keys.generation();
        }
    }

    VerifiedTokens(int countMax) {
        this.countMax = countMax;
        this.byHash = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                return size() > VerifiedTokens.this.countMax;
            }
        };
    }

    synchronized @Nullable Verified find(String hash) {
        return byHash.get(hash);
    }

    synchronized void add(String hash, Verified verified) {
        byHash.put(hash, verified);
    }

    synchronized void remove(String hash) {
        byHash.remove(hash);
    }

    synchronized int count() {
        return byHash.size();
    }
}
