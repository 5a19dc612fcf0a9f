package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Applies the retention of collections, a slice with each commit, so that no write waits long for it.
 * What goes is what a change did; that it was made stays in the log, which has no gaps.
 *
 * <p>Confined to the writer thread.
 */
final class Cutting {
    /** Each of them has the log looked through once more, so they are few. */
    static final int COLLECTIONS_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Cutting.class);
    private static final int SLICE = 1_000;
    private static final int SLICE_BESIDE_WRITES = 250;
    private static final long PAUSE_MILLIS = 1_000;

    private final Ledger ledger;
    private final NavigableMap<String, CutCursor> cursors = new TreeMap<>();

    private final Room room = new Room(COLLECTIONS_MAX);

    /** The collection whose turn it was last. */
    private String last = "";

    /** How many have had nothing left to do, one after the other; when all have, the round is over. */
    private int done;

    private long nextMillis;

    Cutting(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A transaction begins. */
    void begin() {
        room.begin();
    }

    /** Begins with what is stored. */
    void load(Snapshot snapshot) {
        StoredDefinitions.forEach(snapshot, each -> take(each.id(), each));
    }

    /** Takes what is durable now. */
    void committed(List<Change> changes) {
        for (Change change : changes) {
            if (change.collection().equals(Names.DEFINITIONS)) {
                take(change.id(), change.after());
            }
        }
    }

    private void take(String collection, @Nullable Resource definition) {
        CollectionRetention retention = retention(definition);
        CutCursor known = cursors.get(collection);
        if (retention.isNone()) {
            cursors.remove(collection);
        } else if (known == null) {
            cursors.put(collection, new CutCursor(collection, retention));
        } else {
            known.become(retention);
        }
        done = 0;
    }

    private static CollectionRetention retention(@Nullable Resource definition) {
        try {
            return definition == null
                    ? CollectionRetention.NONE
                    : Definition.retention(definition.members().tree());
        } catch (Problem unusable) {
            LOG.error(
                    "The retention of {} can't be used: {}", definition.path(), unusable.errors());
            return CollectionRetention.NONE;
        }
    }

    /** A batch was accepted that defines this. */
    void define(String collection, Definition definition) {
        room.define(collection, hasRetention(definition));
    }

    private static boolean hasRetention(Definition definition) {
        return !definition.retention().isNone();
    }

    /** The first collection whose retention is one too many, when a batch defines these; or null. */
    @Nullable String refused(Map<String, Definition> defined) {
        return room.refused(defined, Cutting::hasRetention, cursors.keySet());
    }

    /** What is answered to one retention too many. */
    static Problem tooMany() {
        return ProblemType.INVALID_DEFINITION.at(
                "/retention",
                "There are " + COLLECTIONS_MAX
                        + " collections with a retention, and no more can be.");
    }

    /** Whether there may be something to do, so that the next commit should not be waited for. */
    boolean mayHaveMore() {
        return done < cursors.size();
    }

    /** Nobody knows what has become of a transaction. */
    void forget() {
        cursors.values().forEach(CutCursor::restart);
        done = 0;
    }

    /** The log is going to begin above this revision, and has all up to it yet. */
    void trimming(long through) {
        cursors.values().forEach(cursor -> cursor.trimming(ledger, through));
    }

    /**
     * Does a slice in the open transaction, if it is time to.
     *
     * @param isAlone whether nobody waits for this commit
     * @param head the last change that was durable before this transaction
     */
    void run(boolean isAlone, long head, long horizon, long nowMillis) {
        if (!mayHaveMore() && nowMillis >= nextMillis) {
            done = 0;
        }
        if (mayHaveMore()) {
            int countMax = isAlone ? SLICE : SLICE_BESIDE_WRITES;
            done = step(next(), head, horizon, nowMillis, countMax) ? 0 : done + 1;
            nextMillis = nowMillis + PAUSE_MILLIS;
        }
    }

    private CutCursor next() {
        Map.Entry<String, CutCursor> higher = cursors.higherEntry(last);
        CutCursor next = (higher == null ? cursors.firstEntry() : higher).getValue();
        last = next.collection();
        return next;
    }

    /** What can't be read can't be cut, and could not be the next time: a backup has to come. */
    private boolean step(CutCursor cursor, long head, long horizon, long nowMillis, int countMax) {
        try {
            return cursor.step(ledger, head, horizon, nowMillis, countMax);
        } catch (StorageException failure) {
            if (failure.kind() != StorageException.Kind.DAMAGED) {
                throw failure;
            }
            stop(cursor, failure);
            return false;
        } catch (RuntimeException bug) {
            stop(cursor, bug);
            throw bug;
        }
    }

    private static void stop(CutCursor cursor, RuntimeException failure) {
        LOG.error(
                "Nothing of {} is cut until the next start or another retention",
                cursor.collection(),
                failure);
        cursor.stop();
    }
}
