package dev.genstore.server.cli;

import org.jspecify.annotations.Nullable;

/**
 * A server that can't start though all was said rightly: its port is taken, its disk is full. The
 * message is a sentence that says what is wrong and what to do; it is all that the user is shown.
 *
 * <p>Immutable.
 */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
