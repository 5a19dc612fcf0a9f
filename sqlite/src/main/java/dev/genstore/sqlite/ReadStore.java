package dev.genstore.sqlite;

import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A store that is read as it is now, whether a server has it open or not. Where none has, it is locked
 * meanwhile, and its write-ahead log is looked at, too, which nobody may write then.
 *
 * <p>Confined to one thread.
 */
final class ReadStore implements AutoCloseable {
    private final @Nullable FolderLock lock;
    private final Session session;

    private ReadStore(@Nullable FolderLock lock, Session session) {
        this.lock = lock;
        this.session = session;
    }

    /**
     * Opens it.
     *
     * @throws StorageException when there is none, or it is so damaged that it can't be read
     */
    static ReadStore open(DatabaseFile file) {
        return open(file, Migrations::requireAll);
    }

    /** Opens one that a server of this version could open, too: it may be of an older one. */
    static ReadStore openOlder(DatabaseFile file) {
        return open(file, Migrations::haveAllRun);
    }

    /** Opens one of which nobody knows what it has. */
    static ReadStore openAnyhow(DatabaseFile file) {
        return open(file, session -> {});
    }

    private static ReadStore open(DatabaseFile file, Consumer<Session> check) {
        file.requireThere();
        NativeLibrary.load();
        FolderLock lock = takeIfFree(Objects.requireNonNull(file.path().getParent()));
        try {
            file.requireStore();
            if (lock != null) {
                WalCheck.require(file);
            }
            return new ReadStore(lock, reading(file, check));
        } catch (RuntimeException failure) {
            close(lock);
            throw failure;
        }
    }

    private static Session reading(DatabaseFile file, Consumer<Session> check) {
        Session session = file.openReader();
        try {
            check.accept(session);
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private static @Nullable FolderLock takeIfFree(Path folder) {
        try {
            return FolderLock.take(folder);
        } catch (StorageException inUse) {
            return null;
        }
    }

    Session session() {
        return session;
    }

    /** Whether no server has it open. */
    boolean isAlone() {
        return lock != null;
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            close(lock);
        }
    }

    private static void close(@Nullable FolderLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
