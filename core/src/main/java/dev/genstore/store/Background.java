package dev.genstore.store;

import dev.genstore.resource.Change;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/**
 * The work that the writer does beside writes, a slice in each transaction: it builds {@link Indexing
 * indexes} and {@link Cutting cuts} what is not kept. Nobody asked for it in this transaction, so when
 * it fails nobody is refused for that: the transaction is begun anew without it, and it rests a while.
 *
 * <p>Confined to the writer thread.
 */
final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** How long what has failed rests. */
    private static final long REST_MILLIS = 10_000;

    private final Ledger ledger;
    private final Indexing indexing;
    private final Cutting cutting;
    private long indexingFromMillis = Long.MIN_VALUE;
    private long cuttingFromMillis = Long.MIN_VALUE;

    Background(Ledger ledger, Indexing indexing, Cutting cutting) {
        this.ledger = ledger;
        this.indexing = indexing;
        this.cutting = cutting;
    }

    /** Whether there may be something to do, so that the next commit should not be waited for. */
    boolean mayHaveMore(long nowMillis) {
        return (indexing.mayHaveMore() && nowMillis >= indexingFromMillis)
                || (cutting.mayHaveMore() && nowMillis >= cuttingFromMillis);
    }

    /**
     * Does a slice in the open transaction.
     *
     * @param isAlone whether nobody waits for this commit
     * @param head the last change that was durable before this transaction
     * @param change is given the change that an index makes in its definition
     * @return whether all went well; otherwise the transaction has to be {@link #giveUp given up}
     */
    boolean run(boolean isAlone, long head, long horizon, long nowMillis, Consumer<Change> change) {
        if (nowMillis >= indexingFromMillis) {
            try {
                indexing.run(isAlone, head + 1, nowMillis).ifPresent(change);
            } catch (RuntimeException failure) {
                LOG.error("No index is built for {} ms", REST_MILLIS, failure);
                indexingFromMillis = nowMillis + REST_MILLIS;
                return false;
            }
        }
        if (nowMillis >= cuttingFromMillis) {
            try {
                cutting.run(isAlone, head, horizon, nowMillis);
            } catch (RuntimeException failure) {
                LOG.error("Nothing is cut for {} ms", REST_MILLIS, failure);
                cuttingFromMillis = nowMillis + REST_MILLIS;
                return false;
            }
        }
        return true;
    }

    /** Gives the open transaction up, with all that was done in it. */
    void giveUp() {
        forget();
        ledger.recover();
    }

    /** Nobody knows what has become of a transaction. */
    void forget() {
        indexing.look();
        cutting.forget();
    }
}
