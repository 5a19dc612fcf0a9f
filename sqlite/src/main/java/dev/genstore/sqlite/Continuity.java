package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

/**
 * Whether a database has what its history says: every change above the horizon through the head.
 *
 * @param first the log's first change, 0 when it is empty
 * @param last the log's last change, 0 when it is empty
 * @param count how many it has
 * @param newest the newest resource's revision, 0 when there is none
 */
record Continuity(long first, long last, long count, long newest) {
    private static final String SELECT = """
            SELECT (SELECT min(revision) FROM log), (SELECT max(revision) FROM log), \
            (SELECT count(*) FROM log), (SELECT max(revision) FROM resource)""";

    /**
     * Counts the log, which takes some 60 ms for a million changes that are in memory.
     *
     * @throws StorageException when something is missing, or is there that can't be
     */
    static void require(Session session, History history) {
        Continuity found = session.first(
                SELECT,
                row -> new Continuity(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
        if (found == null || !found.fits(history)) {
            throw new StorageException(
                    Kind.DAMAGED,
                    session.file() + " is damaged: its history goes from " + (history.horizon() + 1)
                            + " to " + history.head() + ", but it has " + found
                            + ". Restore the folder from a backup.",
                    null);
        }
    }

    private boolean fits(History history) {
        long expected = history.head() - history.horizon();
        boolean bounds = count == 0 || (first == history.horizon() + 1 && last == history.head());
        return count == expected && bounds && newest <= history.head();
    }

    @Override
    public String toString() {
        return count + " changes from " + first + " to " + last + ", and a resource of revision "
                + newest;
    }
}
