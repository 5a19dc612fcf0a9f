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
     * One that turns out to take long may be given up and begun anew with another snapshot, so it
     * must do nothing but read.
     *
     * @throws StorageException when the database can't be read or is damaged
     * @throws dev.genstore.resource.Problem 503 {@code overloaded} where there is an {@link
     *     dev.genstore.query.Asker} and too many wait already, or he has left
     */
    <T extends @Nullable Object> T read(Function<Snapshot, T> reading);

    /** The same for what is known to take long, which must not be in the way of the rest. */
    default <T extends @Nullable Object> T readLong(Function<Snapshot, T> reading) {
        return read(reading);
    }

    /** Closes it; what was committed is kept. */
    @Override
    void close();
}
