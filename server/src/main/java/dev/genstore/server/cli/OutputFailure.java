package dev.genstore.server.cli;

import java.io.IOException;
import java.util.Locale;

/** What was asked for can't be written. The message says why, for the user. */
final class OutputFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isUnread;

    OutputFailure(IOException cause) {
        super("What was asked for can't be written: " + cause.getMessage() + ".", cause);
        isUnread =
                String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** Whether whoever read it has enough, such as {@code head}: that is nothing to tell. */
    boolean isUnread() {
        return isUnread;
    }
}
