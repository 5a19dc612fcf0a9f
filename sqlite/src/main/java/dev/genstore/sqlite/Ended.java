package dev.genstore.sqlite;

/** A reading that was ended before its end: it takes too long for its lane, or nobody wants it. */
final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended() {
        super("the reading was ended", null, false, false);
    }
}
