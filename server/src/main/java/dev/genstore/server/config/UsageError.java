package dev.genstore.server.config;

/**
 * Something that was said wrongly to the program: on the command line, in the environment or in the
 * configuration file. Its message is a sentence that says what and how to put it right.
 *
 * <p>It carries no stack trace, as it is an answer and not a bug. Immutable.
 */
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageError(String sentence) {
        super(sentence, null, false, false);
    }
}
