package dev.genstore.checks.crash;

/** A bug that is planted into a server, to see that the checks of this package catch it. */
enum Fault {
    /** Who catches up is not told of a change. */
    LOSES_EVENT,
    /** Who catches up is told of a change twice. */
    DOUBLES_EVENT,
    /** Who catches up is told of two changes the wrong way round. */
    SWAPS_EVENTS,
    /** From some change on, changes are told long before they are committed. */
    TELLS_EARLY,
    /** From some change on, writes are answered and told but never committed. */
    ANSWERS_EARLY;

    /** The last change before the faults of durability begin. */
    static final long SOUND_CHANGES = 50;

    /** Whether it is in what is told to who catches up, and not in what is durable. */
    boolean isOfCatchUp() {
        return this != TELLS_EARLY && this != ANSWERS_EARLY;
    }
}
