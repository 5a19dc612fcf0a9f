package dev.genstore.embedded.audit;

/**
 * Out of which share a line is paid. What was done has purses of its own, so that nobody can have what
 * he does go without a line by asking for much that nobody minds: to watch and watch no more, to read,
 * to be refused, to write what is there already.
 */
enum Purse {
    /** Schemas, rules and indexes that were changed, in a batch, too. */
    DEFINITIONS(1),
    /** Sessions that were begun or ended. */
    SESSIONS(1),
    /** Resources that were changed: as many as the default rate of writes allows have room. */
    WRITES(8),
    /** What was only asked for: watches and their ends, readings, what was refused or changed nothing. */
    REQUESTS(1);

    private final int parts;

    Purse(int parts) {
        this.parts = parts;
    }

    /**
     * How many bytes of lines one has in a minute.
     *
     * @param partBytes the least of that
     */
    long bytesMax(long partBytes) {
        return parts * partBytes;
    }
}
