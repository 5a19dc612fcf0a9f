package dev.genstore.sqlite;

import dev.genstore.store.StorageException;

import java.nio.file.Path;

/**
 * What a store says of itself without being looked through; {@link StoreCheck} does that. Immutable.
 *
 * @param isAlone whether no process has it open
 * @param isOlder whether an older version made it, so that a server begins with bringing it to the form
 *     of this one
 * @param wasLocked whether it has ever asked for credentials
 */
public record StoreState(boolean isAlone, boolean isOlder, boolean wasLocked) {
    private static final String DOORS = "SELECT count(*) FROM sqlite_master WHERE name = 'door'";

    /**
     * The state of the store in this folder.
     *
     * @throws StorageException when there is none, or a server could not open it
     */
    public static StoreState of(Path folder) {
        try (ReadStore store = ReadStore.openOlder(DatabaseFile.in(folder))) {
            Session session = store.session();
            boolean isOlder = !Migrations.haveAllRun(session);
            boolean hasDoor = session.number(DOORS) > 0;
            return new StoreState(
                    store.isAlone(), isOlder, hasDoor && DoorTable.wasLocked(session));
        }
    }
}
