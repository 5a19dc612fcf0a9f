package dev.genstore.server.transfer;

/** A row that can't be read or written. The message says which and why, for the user. */
public final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowException(String message) {
        super(message);
    }

    static RowException at(long line, String why) {
        return new RowException("Line " + line + ": " + why);
    }
}
