package dev.genstore.hub;

/**
 * Where the watchers of a group get their frames from. Reading is thread-safe.
 *
 * <p>A feed tells in the plain form. Who understands a stream too goes to and fro between two
 * sources:
 *
 * <pre>
 *             the next frame begins the stream anew
 * Approach ──────────────────────────────────────────▶ FeedStream
 *          ◀──────────────────────────────────────────
 *             the stream's window has moved past it
 * </pre>
 */
sealed interface Source permits Feed, FeedStream, Approach {
    /** The watch in the plain form, which everything else is told in: pages and {@code synced}. */
    Feed plain();

    /** The revision above which the window misses nothing. */
    long from();

    /** The revision of the last frame; who has seen that has seen them all. */
    long end();

    /** What follows a revision; see {@link FrameLog#read}. */
    Run read(long revision, int bytesMax);

    /** It has got one more watcher. */
    default void joined() {}

    /** It has one watcher less. */
    default void left() {}
}
