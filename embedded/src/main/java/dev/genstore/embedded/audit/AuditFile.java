package dev.genstore.embedded.audit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * A file of lines that only grows, until it is full or a day old; then it is renamed and another one
 * begun. It has whole lines only: what a crash or a full disk has left of a line is cut off. Only its
 * owner may read it, and one process has it for itself.
 *
 * <p>Confined to one thread.
 */
final class AuditFile implements LineFile {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<StandardOpenOption> FOR_WRITING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private final AuditSettings settings;
    private final InstantSource clock;
    private final EndedFiles ended;
    private @Nullable FileChannel channel;
    private Instant begun = Instant.EPOCH;
    private @Nullable Instant lastTime;
    private boolean isForced = true;

    /** Behind the last whole line. */
    private long end;

    AuditFile(AuditSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.ended = new EndedFiles(settings);
    }

    /**
     * Begins to write behind the last whole line.
     *
     * @throws IOException when that can't be
     */
    void open() throws IOException {
        Path file = settings.file().toAbsolutePath();
        Files.createDirectories(file.getParent());
        FileChannel opened = openPrivate(file);
        boolean isOurs = false;
        try {
            lock(opened);
            end = LastLine.end(opened);
            opened.truncate(end);
            lastTime = LastLine.lastTime(opened).orElse(null);
            begun = LastLine.firstTime(opened).orElse(clock.instant());
            isOurs = true;
        } finally {
            if (!isOurs) {
                opened.close();
            }
        }
        channel = opened;
        ended.tidy(clock.instant());
    }

    /** When it had been written last, as it was opened; null where it had no line. */
    @Nullable Instant lastTime() {
        return lastTime;
    }

    /** Until it is closed; two who write would write into each other's lines. */
    private void lock(FileChannel opened) throws IOException {
        try {
            FileLock lock = opened.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException here) {
            throw inUse(here);
        }
        throw inUse(null);
    }

    private IOException inUse(@Nullable Throwable cause) {
        return new IOException("another process writes into " + settings.file(), cause);
    }

    private static FileChannel openPrivate(Path file) throws IOException {
        if (Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class) == null) {
            return FileChannel.open(file, FOR_WRITING);
        }
        var owner = PosixFilePermissions.fromString("rw-------");
        FileChannel opened =
                FileChannel.open(file, FOR_WRITING, PosixFilePermissions.asFileAttribute(owner));
        Files.setPosixFilePermissions(file, owner);
        return opened;
    }

    @Override
    public void append(byte[] lines) throws IOException {
        if (isOver(lines.length)) {
            end();
        }
        if (channel == null) {
            open();
        }
        FileChannel to = requireOpen();
        try {
            var left = ByteBuffer.wrap(lines);
            for (long at = end; left.hasRemaining(); ) {
                at += to.write(left, at);
            }
            end += lines.length;
            isForced = false;
        } catch (IOException failure) {
            takeBack(to);
            throw failure;
        }
    }

    /** Where it was closed by what has failed, it is opened again when it is tried again. */
    private void takeBack(FileChannel to) throws IOException {
        if (to.isOpen()) {
            to.truncate(end);
        } else {
            channel = null;
        }
    }

    private boolean isOver(int more) {
        boolean isFull = end + more > settings.fileBytesMax();
        boolean isOld = begun.plus(DAY).isBefore(clock.instant());
        return channel != null && end > 0 && (isFull || isOld);
    }

    private void end() throws IOException {
        close();
        ended.take(clock.instant());
        end = 0;
    }

    private FileChannel requireOpen() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException(settings.file() + " is not open");
        }
        return open;
    }

    @Override
    public void force() throws IOException {
        if (!isForced) {
            requireOpen().force(false);
            isForced = true;
        }
    }

    @Override
    public void tidy() throws IOException {
        ended.tidy(clock.instant());
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            try (open) {
                force();
            } finally {
                channel = null;
            }
        }
    }
}
