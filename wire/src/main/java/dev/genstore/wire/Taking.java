package dev.genstore.wire;

/** How far a peer is with what is written to it. Confined to the peer's loop. */
interface Taking {
    /** A number that is another one whenever the peer has taken something. */
    long progress();

    /** How many bytes are written and wait for it. */
    long waitingBytes();
}
