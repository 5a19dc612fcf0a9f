package dev.genstore.server.cli;

import dev.genstore.server.remote.Event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs a command of the shell for each event. Immutable. */
record EventCommand(String command) implements EventOutput {
    @Override
    public void show(Event event) throws InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("EVENT_ID", event.id());
        builder.environment().put("EVENT_TYPE", event.type());
        builder.environment().put("EVENT_SOURCE", event.source());
        builder.environment().put("EVENT_SUBJECT", event.subject());
        int code;
        try {
            Process process = builder.start();
            tell(process, event);
            code = process.waitFor();
        } catch (IOException failure) {
            throw new CommandFailure("The command of --exec can't be run: " + failure.getMessage());
        }
        if (code != 0) {
            throw new CommandFailure("The command of --exec has ended with " + code
                    + " for the event " + event.id() + ".");
        }
    }

    /** It need not read. */
    private static void tell(Process process, Event event) {
        try (var in = process.getOutputStream()) {
            in.write((event.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            // It has ended, or has closed its input.
        }
    }
}
