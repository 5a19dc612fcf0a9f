package dev.genstore.wire.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that only chooses, and writes the label of its choice into a file. */
final class ChoosingProgram {
    private ChoosingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(
                Path.of(arguments[0]), SenderChoice.choose(null).kind().label());
    }
}
