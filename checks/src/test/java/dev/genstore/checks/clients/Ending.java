package dev.genstore.checks.clients;

/** How a connection ended, as the client saw it. */
sealed interface Ending {
    /** A WebSocket with a Close. */
    record Closed(int code, String reason) implements Ending {}

    /** A stream at its proper end. */
    record Finished() implements Ending {}

    /** Anything else. */
    record Broken(String why) implements Ending {}
}
