package dev.genstore.auth;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The file {@code keys.json} in the folder of a store. It is replaced as a whole, so whoever reads it
 * sees the keys before a change or behind it, and a change is on the disk when it returns. It is
 * apart from the database, which one process has for itself, so that keys can be made and revoked
 * whether the server runs or not.
 *
 * <p>Thread-safe, and safe for several processes.
 */
final class KeyFile {
    /** POSIX gives up a process's lock when it closes any channel to the file: one at a time here. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    static final long BYTES_MAX = 16 << 20;

    private final Path folder;
    private final Path file;

    /** What tells one state of the file from another: it is replaced, never written into. */
    record Stamp(@Nullable Object inode, FileTime modified, long bytes) {}

    KeyFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("keys.json");
    }

    /** Which state the file is in, or null when there is none. */
    @Nullable Stamp stamp() {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(found.fileKey(), found.lastModifiedTime(), found.size());
        } catch (NoSuchFileException missing) {
            return null;
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** All keys, in the order in which they were made; none where there is no file. */
    List<ApiKey> read() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new KeyFileException(file + " is too large to be a file of keys.", null);
            }
            return KeyDocument.read(Files.readAllBytes(file), file);
        } catch (NoSuchFileException missing) {
            return List.of();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Replaces the keys by what {@code change} makes of them. */
    void change(UnaryOperator<List<ApiKey>> change) {
        IN_THIS_PROCESS.lock();
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve("keys.lock");
            try (var channel =
                    FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until it is closed
                replace(KeyDocument.write(change.apply(read())));
            }
        } catch (IOException failure) {
            throw new KeyFileException(file + " can't be written: " + failure, failure);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** What could not be read again is not written. */
    private void replace(byte[] bytes) throws IOException {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("The file of API keys has no room for more.");
        }
        Path fresh = folder.resolve("keys.json.new");
        Files.deleteIfExists(fresh);
        makePrivate(fresh);
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    private void makePrivate(Path fresh) throws IOException {
        if (isPosix()) {
            var owner = PosixFilePermissions.fromString("rw-------");
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(owner));
        } else {
            Files.createFile(fresh);
        }
    }

    /** Makes the new name durable. Windows does that by itself and opens no folders. */
    private void sync() throws IOException {
        if (isPosix()) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private KeyFileException unreadable(IOException failure) {
        return new KeyFileException(file + " can't be read: " + failure, failure);
    }
}
