package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Copies a store into an empty folder: the state of one moment, also while a server writes, which is not
 * held up. A copy is looked through before it gets its name, so what is there is whole and sound.
 *
 * <p>SQLite writes it anew, row by row ({@code VACUUM INTO}): it has no free pages, and damage between
 * the rows does not go with it.
 */
public final class StoreCopy {
    /** What it is called until it is whole. */
    private static final String UNFINISHED = "genstore.db.new";

    private StoreCopy() {}

    /**
     * Copies a store as it is: a backup.
     *
     * @return what was found in the copy, which is sound
     * @throws StorageException when it can't be done, or the copy would not be sound; then there is none
     */
    public static StoreCheck.Report backUp(Path from, Path to) {
        return copy(from, to, null);
    }

    /**
     * Makes a store of a backup: the same resources, log and revisions, but another history, so that
     * whoever has seen more than the backup knows is told to start over.
     *
     * @param random makes the epoch
     * @return what was found in the store, which is sound
     * @throws StorageException when it can't be done, or the store would not be sound; then there is none
     */
    public static StoreCheck.Report restore(Path from, Path to, RandomGenerator random) {
        return copy(from, to, NewDatabase.epoch(random));
    }

    private static StoreCheck.Report copy(Path from, Path to, @Nullable String epoch) {
        DatabaseFile source = DatabaseFile.in(from);
        source.requireThere();
        requireEmpty(to);
        try (FolderLock lock = FolderLock.take(to)) {
            DatabaseFile target = DatabaseFile.in(lock.folder());
            var fresh = new DatabaseFile(target.path().resolveSibling(UNFINISHED));
            try {
                fresh.delete();
                return copy(source, fresh, target, epoch);
            } finally {
                fresh.delete();
            }
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, to + " can't be written: " + failure, failure);
        }
    }

    private static StoreCheck.Report copy(
            DatabaseFile source, DatabaseFile fresh, DatabaseFile target, @Nullable String epoch)
            throws IOException {
        write(source, fresh);
        if (epoch != null) {
            rename(fresh, epoch);
        }
        StoreCheck.Report report = require(fresh);
        sync(fresh.path());
        Files.move(fresh.path(), target.path(), StandardCopyOption.ATOMIC_MOVE);
        NewDatabase.sync(Objects.requireNonNull(target.path().getParent()));
        return report;
    }

    private static void write(DatabaseFile from, DatabaseFile fresh) {
        try (ReadStore store = ReadStore.open(from)) {
            store.session().update("VACUUM INTO ?", fresh.path().toString());
        }
    }

    private static void rename(DatabaseFile fresh, String epoch) {
        try (Session session = fresh.openWriter()) {
            History.read(session).rename(session, epoch);
        }
    }

    private static StoreCheck.Report require(DatabaseFile fresh) {
        StoreCheck.Report report = StoreCheck.of(fresh);
        if (!report.isSound()) {
            throw new StorageException(
                    Kind.DAMAGED,
                    "The copy would be damaged, as the store is: "
                            + report.damage().getFirst() + " 'genstore verify' shows more.",
                    null);
        }
        return report;
    }

    /** A lock that nobody holds may lie there, and what a copy that was killed has left. */
    private static void requireEmpty(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (!files.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.equals("lock") || name.startsWith(UNFINISHED))) {
                throw new StorageException(
                        Kind.UNAVAILABLE, folder + " is not empty; choose another folder.", null);
            }
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, folder + " can't be read: " + failure, failure);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
