package dev.genstore.sqlite;

import dev.genstore.store.Storage;
import dev.genstore.testkit.CuttingContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** {@link SqliteStorage} by {@link CuttingContract}. */
class SqliteCuttingTest extends CuttingContract {
    @TempDir
    Path folder;

    @Override
    protected Storage open() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    }
}
