package dev.genstore.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Takes the API keys of a store along, of which only hashes are kept. */
final class KeyCopy {
    private static final String KEYS = "keys.json";

    private KeyCopy() {}

    static void copy(Path from, Path to) {
        Path keys = from.resolve(KEYS);
        if (Files.notExists(keys)) {
            return;
        }
        try {
            Files.copy(keys, to.resolve(KEYS), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException failure) {
            throw new CommandFailure("The store is copied, but not its API keys, " + keys + ": "
                    + failure + ". Copy that file to " + to + ".");
        }
    }
}
