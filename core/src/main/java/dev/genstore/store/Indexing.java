package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.Set;

/**
 * Builds declared indexes, and removes dropped ones, a slice with each commit, so that no write waits
 * long for it. When one is whole, the definition says so: a change like any other, with its watchers.
 *
 * <p>Confined to the writer thread.
 */
final class Indexing {
    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

    /** So many resources take some ten milliseconds, and fewer where somebody waits. */
    private static final int SLICE = 1_000;

    private static final int SLICE_BESIDE_WRITES = 250;

    private final Ledger ledger;
    private final Plan.Stored stored;

    /** Perhaps from before a restart. */
    private boolean mayHaveMore = true;

    Indexing(Ledger ledger, Plan.Stored stored) {
        this.ledger = ledger;
        this.stored = stored;
    }

    /** Whether there may be something to do, so that the next commit should not be waited for. */
    boolean mayHaveMore() {
        return mayHaveMore;
    }

    /** A definition has changed, or nobody knows what has become of a transaction. */
    void look() {
        mayHaveMore = true;
    }

    /**
     * Does a slice in the open transaction.
     *
     * @param isAlone whether nobody waits for this commit
     * @param revision of the change that it may make
     * @return the change of a definition, which is not appended yet
     */
    Optional<Change> run(boolean isAlone, long revision, long timeMillis) {
        if (!mayHaveMore()) {
            return Optional.empty();
        }
        IndexStep step = step(isAlone ? SLICE : SLICE_BESIDE_WRITES);
        mayHaveMore = step.mayHaveMore();
        String collection = step.collection();
        return collection == null ? Optional.empty() : tell(collection, revision, timeMillis);
    }

    /** What can't be read can't be entered. That index is passed over, and others are gone on with. */
    private IndexStep step(int countMax) {
        try {
            return ledger.workOnIndexes(countMax);
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.DAMAGED) {
                throw failure;
            }
            LOG.error("An index is not built", failure);
            return new IndexStep(true, null);
        }
    }

    private Optional<Change> tell(String collection, long revision, long timeMillis) {
        Set<Index> building = ledger.unfinishedIndexes(collection);
        try {
            Resource before = stored.find(Names.DEFINITIONS, collection);
            return before == null
                    ? Optional.empty()
                    : change(before, building, revision, timeMillis);
        } catch (Problem unreadable) {
            LOG.error(
                    "The definition of {} can't say which indexes it has", collection, unreadable);
            return Optional.empty();
        }
    }

    private Optional<Change> change(
            Resource before, Set<Index> building, long revision, long timeMillis) {
        Json members = Building.with(before.members(), building);
        if (members.equals(before.members())) {
            return Optional.empty();
        }
        var after = new Resource(
                before.collection(),
                before.id(),
                revision,
                before.createdMillis(),
                timeMillis,
                members);
        return Optional.of(new Change(revision, timeMillis, before, after, null));
    }
}
