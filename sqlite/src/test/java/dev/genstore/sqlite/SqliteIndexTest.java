package dev.genstore.sqlite;

import dev.genstore.store.Storage;
import dev.genstore.testkit.IndexContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** {@link SqliteStorage} by {@link IndexContract}. */
class SqliteIndexTest extends IndexContract {
    @TempDir
    Path folder;

    @Override
    protected Storage open() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    }
}
