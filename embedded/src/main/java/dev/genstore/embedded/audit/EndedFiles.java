package dev.genstore.embedded.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of an audit log that are written no more: {@code audit.jsonl.20261122T125514123Z} ended at
 * that time. What else lies beside them is none of them. Confined to one thread.
 */
final class EndedFiles {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final AuditSettings settings;
    private final Path file;

    private record Ended(Path path, Instant time, long bytes) {}

    EndedFiles(AuditSettings settings) {
        this.settings = settings;
        this.file = settings.file().toAbsolutePath();
    }

    /** Takes over the file that was written until now, and makes room for the next. */
    void take(Instant now) throws IOException {
        Instant free = now;
        while (Files.exists(named(free))) {
            free = free.plusMillis(1);
        }
        Files.move(file, named(free), StandardCopyOption.ATOMIC_MOVE);
        tidy(now);
    }

    private Path named(Instant time) {
        return file.resolveSibling(prefix() + TIME.format(time));
    }

    private String prefix() {
        return file.getFileName() + ".";
    }

    /** Removes the oldest until what is left is neither too much nor too old. */
    void tidy(Instant now) throws IOException {
        List<Ended> all = all();
        long left = all.stream().mapToLong(Ended::bytes).sum() + settings.fileBytesMax();
        for (Ended oldest : all) {
            boolean isOld = oldest.time.plus(settings.ageMax()).isBefore(now);
            if (isOld || left > settings.bytesMax()) {
                Files.deleteIfExists(oldest.path);
                left -= oldest.bytes;
            }
        }
    }

    /** The oldest first. */
    private List<Ended> all() throws IOException {
        try (Stream<Path> beside = Files.list(file.getParent())) {
            List<Path> ours = beside.filter(path -> path.getFileName()
                            .toString()
                            .matches("\\Q" + prefix() + "\\E[0-9]{8}T[0-9]{9}Z"))
                    .sorted()
                    .toList();
            return ours.stream().flatMap(path -> read(path).stream()).toList();
        }
    }

    private Optional<Ended> read(Path path) {
        try {
            String time = path.getFileName().toString().substring(prefix().length());
            Instant ended = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new Ended(path, ended, Files.size(path)));
        } catch (IOException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
