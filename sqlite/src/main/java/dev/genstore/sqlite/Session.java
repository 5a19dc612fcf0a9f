package dev.genstore.sqlite;

import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * A connection with the statements that it has prepared. Its methods throw what {@link Failures}
 * makes of a failure.
 *
 * <p>Confined to one thread at a time.
 */
final class Session implements AutoCloseable {
    private static final int STATEMENTS_MAX = 64;

    /** How many steps SQLite takes between two questions: some hundred rows of a scan. */
    private static final int STEPS_BETWEEN = 2_000;

    private final Path file;
    private final Connection connection;
    private final SequencedMap<String, PreparedStatement> statements =
            new LinkedHashMap<>(16, 0.75f, true);
    private boolean broken;

    /** Makes a value of the row on which the result stands. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Looks at the row on which the result stands. */
    @FunctionalInterface
    interface RowVisitor {
        /** Returns whether to go on with the next row. */
        boolean visit(ResultSet row) throws SQLException;
    }

    private Session(Path file, SQLiteConfig config) {
        this.file = file;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file.toUri());
        } catch (SQLException failure) {
            throw Failures.of(failure, file);
        }
    }

    /** Opens a database. The driver is kept from asking for a generated key after each insert. */
    static Session open(Path file, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setGetGeneratedKeys(false);
        return new Session(file, config);
    }

    /** Has SQLite ask in the middle of its work whether to end; what it does then is {@link Ended}. */
    void endWhen(BooleanSupplier over) {
        try {
            ProgressHandler.setHandler(connection, STEPS_BETWEEN, new ProgressHandler() {
                @Override
                protected int progress() {
                    return over.getAsBoolean() ? 1 : 0;
                }
            });
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** Runs any number of statements that are not worth keeping. */
    void script(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, @Nullable Object... values) {
        try {
            return prepare(sql, values).executeUpdate();
        } catch (SQLException failure) {
            throw failed(sql, failure);
        }
    }

    /** Visits rows in order until the visitor has enough. */
    void visit(String sql, RowVisitor visitor, @Nullable Object... values) {
        try (ResultSet rows = prepare(sql, values).executeQuery()) {
            boolean more = true;
            while (more && rows.next()) {
                more = visitor.visit(rows);
            }
        } catch (SQLException failure) {
            throw failed(sql, failure);
        }
    }

    /** All rows, in order. */
    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
        List<T> all = new ArrayList<>();
        visit(sql, row -> all.add(reader.read(row)), values);
        return all;
    }

    /** The first row, or null when there is none. */
    <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (ResultSet rows = prepare(sql, values).executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        } catch (SQLException failure) {
            throw failed(sql, failure);
        }
    }

    /** The number in the first row's first column; 0 when there is no row or no value. */
    long number(String sql, @Nullable Object... values) {
        Long number = first(sql, row -> row.getLong(1), values);
        return number == null ? 0 : number;
    }

    Path file() {
        return file;
    }

    /** Whether the database failed, so that the connection had better be opened anew. */
    boolean isBroken() {
        return broken;
    }

    /** Closes it, which also gives up an open transaction. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            closeOldest();
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Closes the one that was not used for longest: conditions of clients have many forms. */
    private void closeOldest() throws SQLException {
        if (statements.size() > STATEMENTS_MAX) {
            statements.pollFirstEntry().getValue().close();
        }
    }

    /** The driver gives up a statement that fails, also one that was told to end: it is not kept. */
    private RuntimeException failed(String sql, SQLException failure) {
        PreparedStatement gone = statements.remove(sql);
        try {
            if (gone != null) {
                gone.close();
            }
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
            broken = true;
        }
        return failed(failure);
    }

    private RuntimeException failed(SQLException failure) {
        RuntimeException meaning = Failures.of(failure, file);
        broken |= !(meaning instanceof IllegalArgumentException || meaning instanceof Ended);
        return meaning;
    }
}
