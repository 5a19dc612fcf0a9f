package dev.genstore.auth;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of one issuer, as they were fetched last. They are fetched again when they are old, and
 * when a token names one that is not among them, as issuers change their keys; but never more often
 * than {@link Times#between}, so that made-up names can't make us flood the issuer. While it does not
 * answer, the old keys stay good for {@link Times#kept}.
 *
 * <p>Thread-safe; fetching is done by one, and others wait for it.
 */
final class IssuerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int KEYS_MAX = 100;

    private final Issuer issuer;
    private final KeyFetch fetch;
    private final InstantSource clock;
    private final Times times;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched fetched;
    private volatile long triedMillis = Long.MIN_VALUE;

    /**
     * How long keys are believed.
     *
     * @param fresh after this time they are fetched again
     * @param kept after this time they are not good any more, even if the issuer does not answer
     * @param between so long nothing is fetched again, whatever is asked for
     */
    record Times(Duration fresh, Duration kept, Duration between) {
        static final Times DEFAULT =
                new Times(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofSeconds(30));
    }

    /**
     * What was fetched.
     *
     * @param keys those that can be used
     * @param hash of what they were made of
     * @param generation counts how often they were others than before
     */
    private record Fetched(
            List<VerifyingKey> keys, String hash, int generation, long fetchedMillis) {}

    IssuerKeys(Issuer issuer, KeyFetch fetch, InstantSource clock, Times times) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.clock = clock;
        this.times = times;
    }

    /** Counts how often the keys changed, so that what old ones have checked is checked again. */
    int generation() {
        Fetched known = fetched;
        return known == null ? 0 : known.generation;
    }

    /** Whether the keys are as new as they should be. */
    boolean areFresh() {
        Fetched known = fetched;
        return !mayTry() || (known != null && isYounger(known, times.fresh));
    }

    /** Fetches the keys if they are old. */
    void refresh() {
        if (!areFresh()) {
            fetchUnlessTried();
        }
    }

    /**
     * Whether the issuer has signed a token.
     *
     * @throws Problem 503 when its keys can't be had
     */
    boolean haveSigned(SignedToken token) {
        refresh();
        if (fitting(token, known()).isEmpty() && (mayTry() || fetching.isLocked())) {
            fetchUnlessTried();
        }
        List<VerifyingKey> fitting = fitting(token, good());
        boolean isClear = token.keyId() != null || fitting.size() == 1;
        return isClear && fitting.stream().anyMatch(key -> key.hasSigned(token));
    }

    private static List<VerifyingKey> fitting(SignedToken token, List<VerifyingKey> keys) {
        return keys.stream()
                .filter(key -> key.fits(token.algorithm(), token.keyId()))
                .toList();
    }

    private List<VerifyingKey> known() {
        Fetched known = fetched;
        return known == null ? List.of() : known.keys;
    }

    private List<VerifyingKey> good() {
        Fetched known = fetched;
        if (known == null || !isYounger(known, times.kept)) {
            throw ProblemType.ISSUER_UNAVAILABLE
                    .because("The keys of the token's issuer can't be had now; try again later.")
                    .with("Retry-After", Long.toString(times.between.toSeconds() + 1));
        }
        return known.keys;
    }

    private boolean isYounger(Fetched known, Duration age) {
        return Math.abs(clock.millis() - known.fetchedMillis) < age.toMillis();
    }

    private boolean mayTry() {
        return triedMillis == Long.MIN_VALUE
                || Math.abs(clock.millis() - triedMillis) >= times.between.toMillis();
    }

    /** Whatever goes wrong with a set, also in the library that reads it: the keys stay as they are. */
    private void fetchUnlessTried() {
        fetching.lock();
        try {
            if (mayTry()) {
                triedMillis = clock.millis();
                take(fetch.fetch(issuer.keys()));
            }
        } catch (IOException | Problem failure) {
            LOG.warn("The keys at {} can't be had: {}", issuer.keys(), failure.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn("The keys at {} can't be read", issuer.keys(), failure);
        } finally {
            fetching.unlock();
        }
    }

    private void take(byte[] bytes) {
        String hash = Hash.of(bytes);
        Fetched known = fetched;
        if (known != null && known.hash.equals(hash)) {
            fetched = new Fetched(known.keys, hash, known.generation, clock.millis());
            return;
        }
        List<VerifyingKey> keys = read(bytes);
        if (keys.isEmpty()) {
            LOG.warn("The set at {} has no key that can be used", issuer.keys());
        }
        fetched = new Fetched(keys, hash, generation() + 1, clock.millis());
    }

    private static List<VerifyingKey> read(byte[] bytes) {
        JsonNode keys = StrictJson.tree(bytes).path("keys");
        if (!keys.isArray() || keys.size() > KEYS_MAX) {
            throw ProblemType.INVALID_JSON.because("it is no set of at most " + KEYS_MAX + " keys");
        }
        var usable = new ArrayList<VerifyingKey>();
        keys.forEach(key -> VerifyingKey.of(key.toString()).ifPresent(usable::add));
        return List.copyOf(usable);
    }
}
