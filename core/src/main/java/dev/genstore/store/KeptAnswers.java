package dev.genstore.store;

import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;

/**
 * Looks up and keeps the answers to what is done once, and applies {@link AnswerRetention} a slice at
 * a time.
 *
 * <p>Confined to the writer thread.
 */
final class KeptAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);
    private static final int SLICE = 2_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Ledger ledger;
    private final AnswerRetention retention;
    private final long ageMillis;
    private long nextMillis;

    KeptAnswers(Ledger ledger, AnswerRetention retention) {
        this.ledger = ledger;
        this.retention = retention;
        this.ageMillis = TimeUnit.MILLISECONDS.convert(retention.age());
    }

    /**
     * The answer of the first time, or null when this is the first time.
     *
     * @throws dev.genstore.resource.Problem 422 {@code idempotency-key-reused}
     */
    Done.@Nullable Before find(Once once, long nowMillis) {
        KeptAnswer kept = find(once.key());
        if (kept == null || kept.timeMillis() < nowMillis - ageMillis) {
            return null;
        }
        if (!kept.request().equals(once.request())) {
            throw ProblemType.IDEMPOTENCY_KEY_REUSED.because(
                    "Another request had this Idempotency-Key; give this one a key of its own.");
        }
        return new Done.Before(kept.answer());
    }

    private @Nullable KeptAnswer find(String key) {
        try {
            return ledger.findAnswer(key);
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.DAMAGED) {
                LOG.error("The answer that is kept under {} can't be read", key, failure);
                throw failure.problem();
            }
            throw failure;
        }
    }

    /** Keeps the answer; one more may be one too many. */
    void keep(Once once, String answer, long nowMillis) {
        ledger.keep(new KeptAnswer(once.key(), nowMillis, once.request(), answer));
        nextMillis = nowMillis;
    }

    /** Trims a slice if it is time to. */
    void trim(long nowMillis) {
        long waitMillis = nextMillis - nowMillis;
        if (waitMillis > 0 && waitMillis <= PAUSE_MILLIS) {
            return;
        }
        int trimmed = ledger.trimAnswers(
                nowMillis - ageMillis, retention.countMax(), retention.bytesMax(), SLICE);
        nextMillis = trimmed < SLICE ? nowMillis + PAUSE_MILLIS : nowMillis;
    }
}
