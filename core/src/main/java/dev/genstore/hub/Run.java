package dev.genstore.hub;

import java.nio.ByteBuffer;

/** What a feed has for a cursor. */
sealed interface Run {
    /**
     * Frames to send, which end at a frame's end.
     *
     * @param count how many
     * @param told the revision of the last of them
     */
    record Frames(ByteBuffer bytes, int count, long told) implements Run {}

    /** The cursor is at the head. */
    record Drained() implements Run {}

    /** The window has moved past the cursor. */
    record Behind() implements Run {}
}
