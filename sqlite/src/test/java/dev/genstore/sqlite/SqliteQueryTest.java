package dev.genstore.sqlite;

import dev.genstore.store.Storage;
import dev.genstore.testkit.QueryContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** {@link SqliteStorage} by {@link QueryContract}. */
class SqliteQueryTest extends QueryContract {
    @TempDir
    Path folder;

    @Override
    protected Storage open() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    }
}
