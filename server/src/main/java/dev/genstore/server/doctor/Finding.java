package dev.genstore.server.doctor;

/**
 * What the doctor says of one thing. Immutable.
 *
 * @param state how it is
 * @param subject what it is about, in a word or two
 * @param sentence what was found, and what to do where something is wrong
 */
public record Finding(State state, String subject, String sentence) {
    /** How a thing is. */
    public enum State {
        GOOD,
        /** It works, but could be better. */
        FAIR,
        /** A server can't start, would be in danger, or would let nobody in. */
        BAD
    }

    /** All is well with it. */
    public static Finding good(String subject, String sentence) {
        return new Finding(State.GOOD, subject, sentence);
    }

    static Finding fair(String subject, String sentence) {
        return new Finding(State.FAIR, subject, sentence);
    }

    static Finding bad(String subject, String sentence) {
        return new Finding(State.BAD, subject, sentence);
    }
}
