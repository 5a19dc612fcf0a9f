package dev.genstore.store;

/** Measures commits. Called on the writer thread. */
@FunctionalInterface
public interface CommitMeter {
    /** Measures nothing. */
    CommitMeter NONE = (changes, nanos) -> {};

    /**
     * A batch became durable.
     *
     * @param changes how many changes it had
     * @param nanos how long it took, in nanoseconds
     */
    void committed(int changes, long nanos);
}
