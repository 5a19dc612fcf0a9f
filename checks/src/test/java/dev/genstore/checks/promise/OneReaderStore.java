package dev.genstore.checks.promise;

import dev.genstore.checks.harness.Beside;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.testkit.Chronicle;
import dev.genstore.testkit.HeldReading;
import dev.genstore.testkit.StorageOver;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A store with one reader for what takes a moment and one for what takes long, which can be held, and
 * with so many notes that an order of them takes long. Thread-safe.
 */
class OneReaderStore extends StorageOver {
    static final int COUNT = 3_000;

    /** A list that takes long. */
    static final String SORTED = "/api/notes?sort=size";

    private final SqliteStorage storage;
    private final HeldReading held = new HeldReading();

    OneReaderStore(Path folder) throws IOException {
        this(SqliteStorage.open(folder, new SqliteStorage.Options(1, 1, new SecureRandom())));
    }

    private OneReaderStore(SqliteStorage storage) {
        super(storage);
        this.storage = storage;
        fill();
    }

    private void fill() {
        var chronicle = new Chronicle();
        storage.ledger().begin();
        for (int i = 0; i < COUNT; i++) {
            String body = "{\"size\":%d}".formatted(COUNT - i);
            storage.ledger().append(chronicle.create("notes", "n%04d".formatted(i), body));
        }
        storage.ledger().commit();
    }

    /** What is in there, whatever a test has changed of it. */
    SqliteStorage real() {
        return storage;
    }

    /** Nothing that takes long is read from now on. */
    final void holdLongLane() throws InterruptedException {
        Beside.start(() -> storage.readLong(held::read));
        held.awaitBegun();
    }

    /** What takes long is read again. */
    final void letGo() {
        held.letGo();
    }
}
