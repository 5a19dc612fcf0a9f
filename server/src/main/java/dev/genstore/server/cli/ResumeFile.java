package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a command has come, kept in a file of one line, so that the next call goes on from there. It is
 * replaced and never written into: a command that is killed leaves the old line or the new one.
 *
 * <p>Confined to one thread.
 */
final class ResumeFile {
    private final Path file;

    ResumeFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** What was kept last, if anything. */
    Optional<String> read() {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failure) {
            throw failed("read", failure);
        }
    }

    void write(String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text + "\n");
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw failed("written", failure);
        }
    }

    /** There is nothing left to go on with. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw failed("deleted", failure);
        }
    }

    private UsageError failed(String how, IOException failure) {
        return new UsageError("The file of --resume, " + file + ", can't be " + how + ": "
                + failure.getClass().getSimpleName() + ".");
    }
}
