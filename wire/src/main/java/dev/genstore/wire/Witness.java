package dev.genstore.wire;

/**
 * Is told who asks for what, and what comes of it. What it is given may have secrets in it: it is for
 * the witness to leave out what must not be known elsewhere.
 *
 * <p>Thread-safe; called on event loops, so it must be quick, and must not throw.
 */
@FunctionalInterface
public interface Witness {
    /** Looks away. */
    Witness NONE = deed -> {};

    /** Something was done, or was not. */
    void saw(Deed deed);
}
