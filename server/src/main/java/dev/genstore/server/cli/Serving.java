package dev.genstore.server.cli;

import dev.genstore.server.config.Settings;

/** What {@code genstore serve} does. */
@FunctionalInterface
public interface Serving {
    /**
     * Runs a server until it is told to stop. The log level holds from here on: what implements this
     * makes no logger before.
     *
     * @return the exit code
     * @throws StartFailure when it can't start for a reason outside of the program
     */
    int serve(Settings settings);
}
