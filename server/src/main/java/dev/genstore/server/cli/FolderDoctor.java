package dev.genstore.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** Examines the folder of a store. Immutable. */
record FolderDoctor(Path folder) {
    private static final long LITTLE_BYTES = 1L << 30;
    private static final long TOO_LITTLE_BYTES = 100L << 20;

    Finding access() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return Finding.bad("Folder", folder + " is a file; choose another --data.");
        }
        Path there = existing();
        if (!Files.isWritable(there)) {
            return Finding.bad("Folder", "This user may not write to " + there + ".");
        }
        if (Files.notExists(database())) {
            return Finding.good("Folder", folder + " has no store yet; a server makes one.");
        }
        return Files.isReadable(database()) && Files.isWritable(database())
                ? Finding.good(
                        "Folder", folder + " has a store; 'genstore verify' looks through it.")
                : Finding.bad("Folder", "This user may not read and write " + database() + ".");
    }

    Finding space() {
        try {
            long free = Files.getFileStore(existing()).getUsableSpace();
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
            return Files.getLastModifiedTime(database()).toInstant();
        } catch (IOException none) {
            return Instant.EPOCH;
        }
    }

    private Path database() {
        return folder.resolve("genstore.db");
    }

    /** The folder, or the nearest one above it. */
    private Path existing() {
        Path there = folder.toAbsolutePath();
        while (Files.notExists(there)) {
            there = Objects.requireNonNull(there.getParent());
        }
        return there;
    }
}
