package dev.genstore.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one who has no test that gives it one. */
public final class OwnFolder {
    private OwnFolder() {}

    public static Path make() {
        try {
            return Files.createTempDirectory("genstore-test-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Deletes it with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> fromBelow = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : fromBelow) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
