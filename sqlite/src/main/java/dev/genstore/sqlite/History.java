package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The row of table {@code history}.
 *
 * <p>Immutable.
 *
 * @param epoch its name
 * @param head the last change
 * @param headMillis when that was made
 * @param horizon the revision up to which the log is gone
 */
record History(String epoch, long head, long headMillis, long horizon) {
    private static final String SELECT =
            "SELECT epoch, head, head_millis, horizon, crc FROM history";
    private static final String INSERT =
            "INSERT INTO history (epoch, head, head_millis, horizon, crc) VALUES (?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE history SET head = ?, head_millis = ?, horizon = ?, crc = ?";

    private static final String RENAME = "UPDATE history SET epoch = ?, crc = ?";

    /** Reads it as the session sees it. */
    static History read(Session session) {
        History history = session.first(SELECT, History::checked);
        if (history == null) {
            throw new StorageException(
                    Kind.DAMAGED, session.file() + " has no history; restore a backup.", null);
        }
        return history;
    }

    /**
     * Makes sure that a connection that is opened later has the same history before it.
     *
     * @throws StorageException when the file is not the one that it was
     */
    static void require(Session session, String epoch) {
        if (!read(session).epoch().equals(epoch)) {
            throw new StorageException(
                    Kind.UNAVAILABLE,
                    session.file() + " was replaced by another store while it was open;"
                            + " start the server again.",
                    null);
        }
    }

    /** Makes the row in a new database. */
    void insert(Session session) {
        session.update(INSERT, epoch, head, headMillis, horizon, checksum());
    }

    /** Writes it over the row that is there. */
    void update(Session session) {
        session.update(UPDATE, head, headMillis, horizon, checksum());
    }

    /** Gives what is stored another name, so that no position of before is taken for one of it. */
    void rename(Session session, String fresh) {
        History renamed = new History(fresh, head, headMillis, horizon);
        session.update(RENAME, fresh, renamed.checksum());
    }

    History withHead(long revision, long millis) {
        return new History(epoch, revision, millis, horizon);
    }

    History withHorizon(long revision) {
        return new History(epoch, head, headMillis, revision);
    }

    private static History checked(ResultSet row) throws SQLException {
        var history = new History(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
        if (history.checksum() != row.getLong(5)) {
            throw Failures.damaged("The row of table history");
        }
        return history;
    }

    private long checksum() {
        return new Checksum()
                .text(epoch)
                .number(head)
                .number(headMillis)
                .number(horizon)
                .value();
    }
}
