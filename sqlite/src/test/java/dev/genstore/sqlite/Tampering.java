package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListQuery;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What tests do to a folder from outside, and how they look at the store in it. */
final class Tampering {
    private Tampering() {}

    /** Runs a statement past the storage. */
    static void sql(Path folder, String statement) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("genstore.db"));
                Statement tampering = connection.createStatement()) {
            tampering.executeUpdate(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static SqliteStorage open(Path folder) {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    }

    static void commit(SqliteStorage storage, Change... changes) {
        storage.ledger().begin();
        for (Change change : changes) {
            storage.ledger().append(change);
        }
        storage.ledger().commit();
    }

    /** A closed store of nine changes: six notes, of which two were updated and one was deleted. */
    static Chronicle fill(Path folder) {
        var chronicle = new Chronicle();
        try (SqliteStorage storage = open(folder)) {
            for (int id = 1; id <= 6; id++) {
                commit(storage, chronicle.create("notes", "id-" + id, text("first", id)));
            }
            commit(storage, chronicle.update("notes", "id-2", text("second", 2)));
            commit(storage, chronicle.delete("notes", "id-5"));
            commit(storage, chronicle.update("notes", "id-4", text("second", 4)));
        }
        return chronicle;
    }

    static long head(SqliteStorage storage) {
        return storage.read(snapshot -> snapshot.head());
    }

    static @Nullable Resource note(SqliteStorage storage, String id) {
        return storage.read(snapshot -> snapshot.find("notes", id));
    }

    static List<Resource> notes(SqliteStorage storage) {
        return storage.read(snapshot -> snapshot.list(ListQuery.of("notes")).resources());
    }

    static List<Change> changes(SqliteStorage storage, long afterRevision, int countMax) {
        return storage.read(snapshot -> snapshot.changes(afterRevision, countMax, Long.MAX_VALUE));
    }

    /** The failure of this kind that the call must end with. */
    static StorageException failure(Kind kind, ThrowingCallable call) {
        StorageException failure = catchThrowableOfType(StorageException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }

    private static String text(String which, int id) {
        return "{\"text\":\"the " + which + " text of " + id + "\"}";
    }
}
