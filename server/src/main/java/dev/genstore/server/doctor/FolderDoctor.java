package dev.genstore.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Examines the folder of a store. Immutable.
 *
 * @param owner tells whose a file is
 */
record FolderDoctor(Path folder, Function<Path, String> owner) {
    private static final long LITTLE_BYTES = 1L << 30;
    private static final long TOO_LITTLE_BYTES = 100L << 20;

    private static final List<String> FILES = List.of(
            "genstore.db", "genstore.db-wal", "genstore.db-shm", "lock", "keys.json", "keys.lock");

    FolderDoctor(Path folder) {
        this(folder, FolderDoctor::ownerOf);
    }

    Finding access() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return Finding.bad("Folder", folder + " is a file; choose another --data.");
        }
        Path there = existing(folder);
        if (!Files.isWritable(there)) {
            return Finding.bad("Folder", "This user may not write to " + there + ".");
        }
        if (Files.notExists(folder)) {
            return Finding.good("Folder", folder + " is not there yet; a server makes it.");
        }
        Optional<Path> closed = file(path -> !Files.isReadable(path) || !Files.isWritable(path));
        if (closed.isPresent()) {
            return Finding.bad("Folder", "This user may not read and write " + closed.get() + ".");
        }
        return file(path -> !owner.apply(path).equals(owner.apply(folder)))
                .map(this::foreign)
                .orElseGet(() -> Finding.good("Folder", folder + " can be read and written."));
    }

    /** Such as keys that an administrator has made, where the server is another user. */
    private Finding foreign(Path file) {
        String user = owner.apply(folder);
        return Finding.fair(
                "Folder",
                file + " belongs to " + owner.apply(file) + ", its folder to " + user
                        + ", who may be unable to use it: chown -R " + user + " " + folder);
    }

    /** The first of the store's files of which this is so. */
    private Optional<Path> file(Predicate<Path> condition) {
        Stream<Path> files = FILES.stream().map(folder::resolve);
        return files.filter(Files::exists).filter(condition).findFirst();
    }

    Finding space() {
        try {
            long free = Files.getFileStore(existing(folder)).getUsableSpace();
            String sentence = String.format(
                    Locale.ROOT, "%.1f GiB are free for %s.", free / (double) (1 << 30), folder);
            if (free < TOO_LITTLE_BYTES) {
                return Finding.bad("Disk", sentence + " Make room.");
            }
            return free < LITTLE_BYTES
                    ? Finding.fair("Disk", sentence + " That is little.")
                    : Finding.good("Disk", sentence);
        } catch (IOException failure) {
            return Finding.fair(
                    "Disk", "What is free can't be known: " + failure.getMessage() + ".");
        }
    }

    /** When the store was written last; long ago where there is none. */
    Instant lastWritten() {
        try {
            return Files.getLastModifiedTime(folder.resolve("genstore.db")).toInstant();
        } catch (IOException none) {
            return Instant.EPOCH;
        }
    }

    /** The folder, or the nearest one above it. */
    static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (Files.notExists(there)) {
            there = Objects.requireNonNull(there.getParent());
        }
        return there;
    }

    /** Nobody where the system does not say. */
    private static String ownerOf(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }
}
