package dev.genstore.server.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Tests of commands, each against a server of its own, in a folder of its own. */
abstract class CommandsOnServer {
    @TempDir
    Path folder = Path.of("");

    CliRig rig;

    @BeforeEach
    void start() {
        rig = CliRig.start(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }
}
