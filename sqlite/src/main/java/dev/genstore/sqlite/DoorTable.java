package dev.genstore.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Table {@code door}: whether the store has ever asked for credentials. These are in a file of their
 * own, which can be lost, and a store that has lost them must not let everybody in.
 */
final class DoorTable {
    private static final String SELECT = "SELECT locked_millis, crc FROM door";
    private static final String INSERT = "INSERT INTO door (locked_millis, crc)"
            + " SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM door)";

    private DoorTable() {}

    /** Whether it has. */
    static boolean wasLocked(Session session) {
        return session.first(SELECT, DoorTable::checked) != null;
    }

    /** Has it known from now on that it does; it may be known already. */
    static void lock(Session session, long timeMillis) {
        session.update(INSERT, timeMillis, checksum(timeMillis));
    }

    private static Long checked(ResultSet row) throws SQLException {
        long timeMillis = row.getLong(1);
        if (checksum(timeMillis) != row.getLong(2)) {
            throw Failures.damaged("The row of table door");
        }
        return timeMillis;
    }

    private static long checksum(long timeMillis) {
        return new Checksum().number(timeMillis).value();
    }
}
