package dev.genstore.hub;

import java.nio.ByteBuffer;

/** What a feed has for somebody who has seen everything up to a revision. */
sealed interface Run {
    /** He is at the head. */
    record Drained() implements Run {}

    /** The window has moved past him. */
    record Behind() implements Run {}

    /** His frames go on in another source; see {@link Source}. */
    record Crossing() implements Run {}

    /**
     * Frames to send, one behind the other in memory. Whoever gets them must {@link #release} them.
     *
     * @param segment where they are; retained
     * @param first the first of them
     * @param last the last of them
     */
    record Frames(Segment segment, int first, int last) implements Run {
        /** The revision that the last of them tells. */
        long through() {
            return segment.revision(last);
        }

        /** The revision that the first of them tells. */
        long from() {
            return segment.revision(first);
        }

        int count() {
            return last + 1 - first;
        }

        /** Whether one of them tells a change between two revisions; one that is none of a log does not. */
        boolean tellsAny(long firstRevision, long lastRevision) {
            int index = Math.max(first, segment.firstAbove(firstRevision - 1, last + 1));
            return index <= last
                    && segment.revision(index) <= lastRevision
                    && segment.revision(index) > segment.after();
        }

        /** Those up to this revision, and the first one in any case; they are the same to release. */
        Frames upTo(long revision) {
            int end = segment.firstAbove(revision, last + 1) - 1;
            return end >= last ? this : new Frames(segment, first, Math.max(first, end));
        }

        long address() {
            return segment.address(segment.start(first));
        }

        int lengthBytes() {
            return segment.end(last) - segment.start(first);
        }

        ByteBuffer bytes() {
            return segment.slice(segment.start(first), segment.end(last));
        }

        /**
         * What is left when some bytes are gone, up to the end of a frame.
         *
         * @param takenBytes how many are gone, less than all
         * @param bytesMax how many may be left; a frame that was begun is ended whatever its length
         */
        Rest rest(int takenBytes, int bytesMax) {
            int fromByte = segment.start(first) + takenBytes;
            int begun = segment.lastEndingBy(fromByte, last + 1) + 1;
            int end = Math.max(begun, segment.lastEndingBy(fromByte + bytesMax, last + 1));
            return new Rest(segment, fromByte, begun, end);
        }

        void release() {
            segment.release();
        }
    }

    /**
     * The rest of frames that were sent in part.
     *
     * @param fromByte where it begins in the segment
     * @param first the frame that it begins in
     * @param last the frame that it ends with
     */
    record Rest(Segment segment, int fromByte, int first, int last) {
        long through() {
            return segment.revision(last);
        }

        int count() {
            return last + 1 - first;
        }

        ByteBuffer bytes() {
            return segment.slice(fromByte, segment.end(last));
        }
    }
}
