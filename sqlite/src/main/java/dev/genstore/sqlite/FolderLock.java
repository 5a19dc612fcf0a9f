package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one storage: two that write one log would both be wrong.
 *
 * <p>The lock is on the file {@code lock}, which names the process that holds it. POSIX gives up a
 * process's lock when that process closes <em>any</em> channel to the file, so within one process
 * the file is not even opened twice: {@link #HELD} knows what this process has. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Far behind the text, because Windows keeps others from reading what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder if there is none, and takes it.
     *
     * @throws StorageException when somebody has it, or it can't be used
     */
    static FolderLock take(Path folder) {
        try {
            Path real = Files.createDirectories(folder).toRealPath();
            if (!HELD.add(real)) {
                throw inUse(folder, ProcessHandle.current().pid() + ", this one");
            }
            return takeFile(real);
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE,
                    "The folder " + folder + " can't be used: " + why(failure),
                    failure);
        }
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException ignored -> "there is a file of that name.";
            case AccessDeniedException denied ->
                "this user may not write " + denied.getFile() + ".";
            default -> failure.toString();
        };
    }

    /** The folder, without links in its path. */
    Path folder() {
        return folder;
    }

    /** Gives the folder free. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, "The lock of " + folder + " can't be closed", failure);
        } finally {
            HELD.remove(folder);
        }
    }

    private static FolderLock takeFile(Path folder) throws IOException {
        boolean taken = false;
        try {
            FolderLock lock = lockFile(folder);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(folder);
            }
        }
    }

    private static FolderLock lockFile(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel)) {
                return new FolderLock(folder, channel);
            }
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw inUse(folder, Files.readString(file).strip());
    }

    /** Locks the file and writes into it who did; whether it could be had. */
    private static boolean lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            return false;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(
                (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return true;
    }

    private static StorageException inUse(Path folder, String process) {
        return new StorageException(
                Kind.UNAVAILABLE,
                folder + " is in use by another Genstore (process " + process
                        + "); stop that one or choose another folder.",
                null);
    }
}
