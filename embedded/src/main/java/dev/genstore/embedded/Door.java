package dev.genstore.embedded;

import dev.genstore.auth.Gatekeeper;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/**
 * What a store knows of its own door. Credentials are in a file beside the database, or in the
 * configuration, and either can be lost; that it was ever locked is in the database, so that a store
 * which has lost them does not let everybody in.
 *
 * <p>Thread-safe.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final SqliteStorage storage;
    private final Gatekeeper gatekeeper;
    private final InstantSource clock;

    private Door(SqliteStorage storage, Gatekeeper gatekeeper, InstantSource clock) {
        this.storage = storage;
        this.gatekeeper = gatekeeper;
        this.clock = clock;
    }

    /**
     * Locks the door of a store that was locked before, unless it may be open, and has the store know
     * of it as soon as it is locked. To be called before anybody is let in.
     */
    static void settle(
            SqliteStorage storage, Gatekeeper gatekeeper, boolean isInsecure, InstantSource clock) {
        var door = new Door(storage, gatekeeper, clock);
        if (gatekeeper.isLocked()) {
            door.note();
        } else if (storage.wasLocked() && !isInsecure) {
            gatekeeper.lock();
        }
        gatekeeper.listen(door::noteSoon);
    }

    private void note() {
        storage.noteLocked(clock.millis());
    }

    /** Not here: whoever tells of a key that was made waits for nothing, and may be the one who writes. */
    private void noteSoon() {
        if (gatekeeper.isLocked() && !storage.wasLocked()) {
            Thread.ofPlatform().daemon().name("genstore-door").start(this::noteIfPossible);
        }
    }

    /** Where it is not, the next start notes it. */
    private void noteIfPossible() {
        try {
            note();
        } catch (StorageException failure) {
            LOG.error(
                    "That the store asks for credentials can't be noted: {}", failure.getMessage());
        }
    }

    /** Says what is unusual: a door that is open to others, and one that opens for nobody. */
    static void report(SqliteStorage storage, Gatekeeper gatekeeper, boolean isInsecure) {
        if (!gatekeeper.isLocked() && isInsecure) {
            LOG.warn(
                    "Insecure: everybody who can connect can read and write everything{}; the first"
                            + " API key or issuer ends that",
                    storage.wasLocked() ? ", though this store asked for credentials before" : "");
        } else if (gatekeeper.isLocked() && !gatekeeper.hasCredentials()) {
            LOG.warn(
                    "Nobody is let in: this store asked for credentials before, and there are none"
                            + " any more. Put keys.json back into {}, name the issuers again, or make"
                            + " a key: genstore key create --name root --scopes admin --data {}. Or"
                            + " start with --insecure, which lets everybody in",
                    storage.folder(),
                    storage.folder());
        }
    }
}
