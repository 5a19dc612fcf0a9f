package dev.genstore.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that need not be. Immutable.
 *
 * @param path where it is, if there is one
 */
record PathOrNone(Optional<Path> path) {
    /** No text, no file. */
    static Optional<PathOrNone> parse(String text) {
        try {
            return Optional.of(
                    new PathOrNone(text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text))));
        } catch (InvalidPathException failure) {
            return Optional.empty();
        }
    }
}
