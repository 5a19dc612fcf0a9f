package dev.genstore.server.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
            Path copy = to.resolve(KEYS);
            Files.copy(keys, copy, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } catch (IOException failure) {
            throw new CommandFailure("The store is copied, but not its API keys, " + keys + ": "
                    + failure + ". Copy that file to " + to + ".");
        }
    }
}
