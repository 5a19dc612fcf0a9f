package dev.genstore.sqlite;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CutStep;
import dev.genstore.store.IndexStep;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.Ledger;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * The writing connection. After a failure it trusts nothing that SQLite or the system may have kept
 * in memory: {@link #recover} opens the database anew.
 *
 * <p>Confined to the writer thread.
 */
final class SqliteLedger implements Ledger, AutoCloseable {
    private static final String FIND =
            "SELECT " + Rows.RESOURCE + " FROM resource r WHERE r.collection = ? AND r.id = ?";
    private static final String CHANGED = "SELECT " + Rows.RESOURCE
            + " FROM resource r WHERE r.collection = ? AND r.revision > ? ORDER BY r.revision LIMIT ?";
    private static final String TRIM = "DELETE FROM log WHERE revision <= ?";

    private final DatabaseFile file;
    private final String epoch;
    private final WalBound walBound;
    private final CollectionTable collections = new CollectionTable();
    private final DeclaredIndexes indexes = new DeclaredIndexes();

    /** Null after {@link #close}, and after a {@link #recover} that failed. */
    private @Nullable Session session;

    /** What the open transaction has made of it; null when there is none. */
    private @Nullable History history;

    private boolean changed;
    private boolean closed;
    private int pagesMax = Integer.MAX_VALUE;

    SqliteLedger(DatabaseFile file, String epoch, Session session, WalBound walBound) {
        this.file = file;
        this.epoch = epoch;
        this.session = session;
        this.walBound = walBound;
    }

    @Override
    public void begin() {
        if (history != null) {
            throw new IllegalStateException("a transaction is open already");
        }
        session().update("BEGIN IMMEDIATE");
        history = History.read(session());
        changed = false;
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        requireBegun();
        long key = collections.key(collection, session());
        return session().first(FIND, row -> Rows.resource(collection, row), key, id);
    }

    @Override
    public List<Resource> changed(
            String collection, long afterRevision, int countMax, long weightMax) {
        requireBegun();
        long key = collections.key(collection, session());
        return Rows.resources(
                session(),
                weightMax,
                CHANGED,
                row -> Rows.resource(collection, row),
                key,
                afterRevision,
                countMax);
    }

    @Override
    public long count(String collection) {
        requireBegun();
        return collections.count(collection, session());
    }

    @Override
    public void append(Change change) {
        History known = requireBegun();
        if (change.revision() != known.head() + 1) {
            throw new IllegalArgumentException(
                    "revision is " + change.revision() + " and the last one is " + known.head());
        }
        long key = collections.key(change.collection(), session());
        Append.run(session(), change, key, indexes);
        collections.count(change, session());
        changeTo(known.withHead(change.revision(), change.timeMillis()));
    }

    @Override
    public long trim(long throughRevision) {
        History known = requireBegun();
        long through = Math.min(throughRevision, known.head());
        if (through <= known.horizon()) {
            return known.horizon();
        }
        session().update(TRIM, through);
        changeTo(known.withHorizon(through));
        return through;
    }

    @Override
    public long timeMillis(long revision) {
        requireBegun();
        return CutRows.timeMillis(session(), revision);
    }

    @Override
    public long countWhole(String collection, long afterRevision, long throughRevision) {
        requireBegun();
        long key = collections.key(collection, session());
        return CutRows.countWhole(session(), key, afterRevision, throughRevision);
    }

    @Override
    public CutStep cut(
            String collection,
            long afterRevision,
            long throughRevision,
            int countMax,
            long weightMax) {
        requireBegun();
        long key = collections.key(collection, session());
        return CutRows.cut(session(), key, afterRevision, throughRevision, countMax, weightMax);
    }

    @Override
    public void indexes(String collection, Set<Index> wanted, Set<Index> later) {
        History known = requireBegun();
        long key = wanted.isEmpty()
                ? collections.key(collection, session())
                : collections.keep(collection, session());
        indexes.become(session(), key, wanted, later, known.head());
    }

    @Override
    public Set<Index> wholeIndexes(String collection) {
        return indexes(collection, true);
    }

    @Override
    public Set<Index> unfinishedIndexes(String collection) {
        return indexes(collection, false);
    }

    private Set<Index> indexes(String collection, boolean areWhole) {
        requireBegun();
        long key = collections.key(collection, session());
        return indexes.ofCollection(session(), key, areWhole);
    }

    @Override
    public IndexStep workOnIndexes(int countMax) {
        requireBegun();
        return indexes.work(session(), countMax);
    }

    @Override
    public @Nullable KeptAnswer findAnswer(String key) {
        requireBegun();
        return answers().find(key);
    }

    @Override
    public void keep(KeptAnswer answer) {
        requireBegun();
        answers().keep(answer);
    }

    @Override
    public int trimAnswers(long timeMillis, long answersMax, long bytesMax, int countMax) {
        requireBegun();
        return answers().trim(timeMillis, answersMax, bytesMax, countMax);
    }

    private AnswerTable answers() {
        return new AnswerTable(session());
    }

    @Override
    public void commit() {
        History known = requireBegun();
        collections.flush(session());
        if (changed) {
            known.update(session());
        }
        session().update("COMMIT");
        history = null;
        walBound.keep(session());
    }

    @Override
    public void recover() {
        if (closed) {
            throw new StorageException(Kind.UNAVAILABLE, "The storage is closed.", null);
        }
        giveUp();
        session = open();
    }

    /** Gives an open transaction up and closes the connection for good. */
    @Override
    public void close() {
        closed = true;
        giveUp();
    }

    /** Lets the database have no more pages than this, as if the disk were that small. */
    void limitPages(int max) {
        pagesMax = max;
        session().script("PRAGMA max_page_count = " + max);
    }

    private void giveUp() {
        Session old = session;
        session = null;
        history = null;
        collections.forget();
        indexes.forget();
        if (old != null) {
            old.close();
        }
    }

    private Session open() {
        Session opened = file.openWriter();
        try {
            History.require(opened, epoch);
            opened.script("PRAGMA max_page_count = " + pagesMax);
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private void changeTo(History next) {
        history = next;
        changed = true;
    }

    private History requireBegun() {
        if (history == null) {
            throw new IllegalStateException("no transaction is open");
        }
        return history;
    }

    private Session session() {
        if (session == null) {
            throw new StorageException(Kind.UNAVAILABLE, file.path() + " is not open.", null);
        }
        return session;
    }
}
