package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * A database that keeps the resources and the log of their changes. Only one process has it open.
 *
 * <p>Thread-safe, except for {@link #ledger()}.
 */
public interface Storage extends AutoCloseable {
    /** The name of this history. */
    String epoch();

    /**
     * The writing side, confined to one thread at a time.
     */
    Ledger ledger();

    /**
     * Gives one consistent state to {@code reading} and returns what it makes of it. The snapshot
     * must not be kept, and a reading must not read again: it would wait for a place that it holds.
     *
     * @throws StorageException when the database can't be read or is damaged
     */
    <T extends @Nullable Object> T read(Function<Snapshot, T> reading);

    /** Closes it; what was committed is kept. */
    @Override
    void close();
}
