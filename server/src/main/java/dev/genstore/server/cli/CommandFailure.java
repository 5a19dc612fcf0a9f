package dev.genstore.server.cli;

/**
 * A command that could not do what it was told, though it was told rightly. The message says what is wrong
 * and what to do; it is all that the user is shown.
 *
 * <p>Immutable.
 */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String sentence) {
        super(sentence);
    }
}
