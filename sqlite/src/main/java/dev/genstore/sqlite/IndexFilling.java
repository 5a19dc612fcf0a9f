package dev.genstore.sqlite;

import dev.genstore.query.SortValue;

/**
 * Makes the entries of what was there before its index was declared. In the order of revisions each of
 * them would stand somewhere else in the table, so that a thousand would write a thousand pages. So
 * entries are gathered beside the database first, in memory and in the order of the table, and moved
 * from there: then neighbours come together.
 *
 * <pre>
 *             so many are there, or all
 * GATHERING ─────────────────────────────▶ MOVING
 *     ▲                                      │
 *     └───────────── all are moved ──────────┘
 * </pre>
 *
 * <p>A resource that is written meanwhile has its own entry already, and a revision that was not
 * gathered; its old one leads to nothing and stays behind. What is gathered is lost with the
 * connection, and is gathered again: only what was moved counts.
 *
 * <p>Confined to the writer thread.
 */
final class IndexFilling {
    /** How many entries are gathered, and how many bytes they may have. */
    private static final int GATHERED_MAX = 100_000;

    private static final long GATHERED_BYTES_MAX = 64L << 20;

    /** A member has no more bytes in an entry than its resource, and no more than its beginning. */
    private static final long MEMBER_BYTES_MAX = 4L * SortValue.CHARACTERS_MAX;

    /** What the resources of one step may have; the last one may have more. */
    private static final long STEP_BYTES_MAX = 1 << 20;

    static final String TABLE = """
            CREATE TEMP TABLE IF NOT EXISTS gathered (number INTEGER NOT NULL, a ANY NOT NULL, \
            b ANY NOT NULL, c ANY NOT NULL, d ANY NOT NULL, e ANY NOT NULL, \
            at_revision INTEGER NOT NULL, PRIMARY KEY (number, a, b, c, d, e)) STRICT, WITHOUT ROWID""";
    private static final String FORGET = "DELETE FROM gathered";
    private static final String FIRST = " FROM gathered ORDER BY number, a, b, c, d, e LIMIT ?";
    private static final String MOVE = "INSERT OR REPLACE INTO member_entry SELECT g.* FROM"
            + " (SELECT *" + FIRST + ") g WHERE EXISTS"
            + " (SELECT 1 FROM resource r WHERE r.revision = g.at_revision)";
    static final String MOVED = "DELETE FROM gathered WHERE (number, a, b, c, d, e) IN"
            + " (SELECT number, a, b, c, d, e" + FIRST + ")";
    private static final String FILLED = "UPDATE declared_index SET filled = ? WHERE number = ?";

    private static final String STRETCH = "SELECT revision, length(body) FROM resource"
            + " INDEXED BY resource_of_collection"
            + " WHERE collection = ? AND revision > ? AND revision <= ? ORDER BY revision LIMIT ?";
    private static final String OF_STRETCH = " FROM resource INDEXED BY resource_of_collection"
            + " WHERE collection = ? AND revision > ? AND revision <= ?";

    /** Which index is gathered; 0 for none. */
    private long number;

    /** The revision up to which it is. */
    private long through;

    private int count;
    private long bytes;
    private boolean isMoving;

    /** Whether nothing of this index is gathered or filled yet. */
    boolean isFirstOf(DeclaredIndex index) {
        return index.filled() == 0 && number != index.number();
    }

    /**
     * Goes on with an index; returns whether it is whole now.
     *
     * @param countMax how many resources or entries are looked at
     */
    boolean step(Session session, DeclaredIndex index, int countMax) {
        if (number != index.number()) {
            begin(session, index);
        }
        if (!isMoving) {
            gather(session, index, countMax);
            return false;
        }
        session.update(MOVE, countMax);
        if (session.update(MOVED, countMax) == countMax) {
            return false;
        }
        session.update(FILLED, through, number);
        empty();
        return through >= index.through();
    }

    /** Fills an index at once. */
    static void fill(Session session, DeclaredIndex index) {
        session.update(
                index.order().enter("member_entry", OF_STRETCH),
                index.collection(),
                index.filled(),
                index.through());
        session.update(FILLED, index.through(), index.number());
    }

    /** This index is not wanted any more. */
    void giveUp(Session session, DeclaredIndex index) {
        if (number == index.number()) {
            session.update(FORGET);
            number = 0;
        }
    }

    /** The connection is another one. */
    void forget() {
        number = 0;
    }

    private void begin(Session session, DeclaredIndex index) {
        session.update(TABLE);
        session.update(FORGET);
        number = index.number();
        through = index.filled();
        empty();
    }

    private void empty() {
        count = 0;
        bytes = 0;
        isMoving = false;
    }

    private void gather(Session session, DeclaredIndex index, int countMax) {
        var slice = new Slice(index.through(), countMax);
        session.visit(
                STRETCH,
                row -> slice.add(row.getLong(1), row.getLong(2)),
                index.collection(),
                through,
                index.through(),
                countMax);
        String enter = index.order().enter("gathered", OF_STRETCH);
        session.update(enter, index.collection(), through, slice.end);
        through = slice.end;
        count += slice.count;
        bytes += slice.entryBytes * index.index().members().size();
        isMoving =
                through >= index.through() || count >= GATHERED_MAX || bytes >= GATHERED_BYTES_MAX;
    }

    /** How far a step goes; if it has room for all that there is, to the end. */
    private static final class Slice {
        private final int countMax;
        private long end;
        private int count;
        private long bytes;
        private long entryBytes;

        private Slice(long through, int countMax) {
            this.end = through;
            this.countMax = countMax;
        }

        /** Returns whether there is room for more. */
        private boolean add(long revision, long length) {
            count++;
            bytes += length;
            entryBytes += Math.min(length, MEMBER_BYTES_MAX);
            boolean isFull = count == countMax || bytes >= STEP_BYTES_MAX;
            end = isFull ? revision : end;
            return !isFull;
        }
    }
}
