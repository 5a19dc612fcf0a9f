package dev.genstore.server.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Examines where the audit log would be. Immutable. */
record AuditDoctor(Path file) {
    private static final String SUBJECT = "Audit";

    Finding audit() {
        if (Files.isDirectory(file)) {
            return Finding.bad(SUBJECT, file + " is a folder; choose another --audit.");
        }
        Path there = Files.exists(file) ? file : FolderDoctor.existing(file);
        return Files.isWritable(there)
                ? Finding.good(SUBJECT, "It is written down in " + file + " who does what.")
                : Finding.bad(SUBJECT, "This user may not write to " + there + ".");
    }
}
