package dev.genstore.sqlite;

import dev.genstore.store.Storage;
import dev.genstore.testkit.WritingContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** {@link SqliteStorage} by {@link WritingContract}. */
class SqliteWritingTest extends WritingContract {
    @TempDir
    Path folder;

    @Override
    protected Storage open() {
        return SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
    }
}
