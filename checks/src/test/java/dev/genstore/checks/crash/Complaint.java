package dev.genstore.checks.crash;

/** A guarantee that did not hold. Immutable. */
record Complaint(Kind kind, String what) {
    /** Which guarantee. */
    enum Kind {
        /** A write was answered with success, and the log does not have it there. */
        WRITE_LOST,
        /** Two writes were answered with the same revision. */
        REVISION_REUSED,
        /** One write made two changes. */
        WRITE_DOUBLED,
        /** A write was refused and happened all the same. */
        REFUSED_AND_WRITTEN,
        /** The log has a change that nobody asked for. */
        MADE_UP,
        /** The log lacks a revision. */
        HOLE,
        /** A follower was not told of a change. */
        EVENT_LOST,
        /** A follower was told of a change twice. */
        EVENT_DOUBLED,
        /** A follower was told of a change behind a later one. */
        OUT_OF_ORDER,
        /** A follower was told what the log does not have. */
        TOLD_BEFORE_DURABLE,
        /** An event's {@code prev} is not the event before it. */
        WRONG_PREVIOUS,
        /** A follower was reset, or told a position of another history. */
        RESET,
        /** What a follower has in the end is not what a GET shows. */
        WRONG_VIEW,
        /** A follower did not come to the head, or met what no client could bear. */
        STUCK
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
