package dev.genstore.embedded.audit;

import java.io.IOException;

/** Where lines are written. Confined to one thread. */
interface LineFile extends AutoCloseable {
    /**
     * Adds lines: all of them or, when that can't be, none.
     *
     * @throws IOException when it can't be; it may be tried again
     */
    void append(byte[] lines) throws IOException;

    /** Makes what was added durable. */
    void force() throws IOException;

    /** Removes what is too much or too old. */
    void tidy() throws IOException;

    @Override
    void close() throws IOException;
}
