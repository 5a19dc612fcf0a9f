package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through a whole store and says where it is damaged: all checksums, whether the log and the
 * resources belong together, and what SQLite finds in its own file. It changes nothing, and may be done
 * while a server writes; then it is about the state at its beginning.
 */
public final class StoreCheck {
    private StoreCheck() {}

    /**
     * What was found.
     *
     * @param position the last change; empty where not even that can be read
     * @param resources how many were looked at
     * @param changes how many of the log were looked at
     * @param damage what is damaged, a sentence each, at most 100 of
     *     them; empty when the store is sound
     * @param isAlone whether no server had it open, so that its write-ahead log could be looked at
     */
    public record Report(
            String position, long resources, long changes, List<String> damage, boolean isAlone) {
        public Report {
            damage = List.copyOf(damage);
        }

        public boolean isSound() {
            return damage.isEmpty();
        }
    }

    /**
     * Looks through the store in this folder.
     *
     * @throws StorageException when there is none, or it is not of this version
     */
    public static Report of(Path folder) {
        return of(DatabaseFile.in(folder));
    }

    static Report of(DatabaseFile file) {
        try (ReadStore store = ReadStore.open(file)) {
            return new StoreInspection(store.session()).report(store.isAlone());
        } catch (StorageException failure) {
            if (failure.kind() != Kind.DAMAGED) {
                throw failure;
            }
            return new Report("", 0, 0, ofSqlite(file, failure), false);
        }
    }

    /** What kept it from being opened, and where SQLite says that it is, if it can. */
    private static List<String> ofSqlite(DatabaseFile file, StorageException failure) {
        List<String> damage = new ArrayList<>();
        damage.add(StoreInspection.withoutAdvice(failure));
        try (ReadStore store = ReadStore.openAnyhow(file)) {
            damage.addAll(new StoreInspection(store.session()).ofSqlite());
        } catch (StorageException alsoDamaged) {
            return damage;
        }
        return damage;
    }
}
