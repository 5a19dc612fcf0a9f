package dev.genstore.store;

/**
 * How much of what is there already may be entered into new indexes at once, while all writers wait.
 *
 * <p>Confined to the writer thread.
 */
final class AtOnce {
    /** A collection with more resources has its indexes built in the background. */
    static final int RESOURCES_MAX = 100;

    /** So many entries may be made in one commit, of all collections together. */
    static final int ENTRIES_MAX = 1_000;

    private long left = ENTRIES_MAX;

    /** A transaction begins. */
    void begin() {
        left = ENTRIES_MAX;
    }

    /** Whether a collection with so many resources may have so many indexes at once; they count from now on. */
    boolean takes(long resources, int indexes) {
        long entries = resources * indexes;
        boolean hasRoom = resources <= RESOURCES_MAX && entries <= left;
        left -= hasRoom ? entries : 0;
        return hasRoom;
    }
}
