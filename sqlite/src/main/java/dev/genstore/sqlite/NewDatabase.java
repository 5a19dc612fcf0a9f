package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Makes the database of a folder that has none. It is made under another name and renamed when it is
 * complete, so an empty or a half {@code genstore.db} is never a new store: it is a damaged one.
 */
final class NewDatabase {
    private static final String EPOCH_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int EPOCH_LENGTH = 6;

    private NewDatabase() {}

    /** Makes the database, unless the folder has one. */
    static void ensure(DatabaseFile wanted, RandomGenerator random) {
        if (Files.exists(wanted.path())) {
            return;
        }
        if (Files.exists(wanted.wal())) {
            throw new StorageException(
                    Kind.DAMAGED,
                    wanted.path()
                            + " is missing but its -wal is there; restore both from a backup.",
                    null);
        }
        try {
            create(wanted, random);
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, wanted.path() + " can't be made: " + failure, failure);
        }
    }

    private static void create(DatabaseFile wanted, RandomGenerator random) throws IOException {
        Path path = wanted.path();
        var fresh = new DatabaseFile(path.resolveSibling("genstore.db.new"));
        fresh.delete();
        fill(fresh, random);
        Files.move(fresh.path(), path, StandardCopyOption.ATOMIC_MOVE);
        sync(Objects.requireNonNull(path.getParent()));
    }

    private static void fill(DatabaseFile fresh, RandomGenerator random) {
        try (Session session = fresh.openWriter()) {
            session.script("PRAGMA application_id = " + DatabaseFile.APPLICATION_ID);
            Migrations.run(session);
            new History(epoch(random), 0, 0, 0).insert(session);
        }
    }

    /** The name of a new history. */
    static String epoch(RandomGenerator random) {
        var epoch = new StringBuilder();
        for (int i = 0; i < EPOCH_LENGTH; i++) {
            epoch.append(EPOCH_LETTERS.charAt(random.nextInt(EPOCH_LETTERS.length())));
        }
        return epoch.toString();
    }

    /** Makes the names in a folder durable. Windows does that by itself and opens no folders. */
    static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
