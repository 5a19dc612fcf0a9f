package dev.genstore.hub;

import dev.genstore.resource.Position;

import java.util.Optional;

/**
 * How far a watcher that is not in the window has come.
 *
 * <pre>
 *              found           reset                         state told
 *   Searching ──────▶ Log ───────────────▶ State ───────────────────────▶ Log ──▶ in the window
 *                      ▲  history is gone                                  │
 *                      └───────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Immutable.
 */
public sealed interface Progress {
    /** The last revision that the watcher was told of, in an event or a {@code synced}. */
    long told();

    /** The id up to which it has seen everything, in this history; empty as long as nobody knows. */
    default Optional<String> position(String epoch) {
        return switch (this) {
            case Log log -> Optional.of(id(epoch, log.revision));
            case State state -> Optional.of(id(epoch, state.told));
            case Between between -> Optional.of(id(epoch, between.revision) + EventEncoder.BETWEEN);
            case Lost ignored -> Optional.of(id(epoch, 0));
            case Searching ignored -> Optional.empty();
        };
    }

    /** How many changes up to this revision it may have to be told yet. */
    default long behind(long headRevision) {
        return switch (this) {
            case Log log -> headRevision - log.revision;
            case State state -> headRevision - state.revision;
            case Between between -> headRevision - between.revision;
            case Lost ignored -> headRevision;
            case Searching ignored -> 0;
        };
    }

    private static String id(String epoch, long revision) {
        return new Position(epoch, revision).toString();
    }

    /**
     * It reads the log.
     *
     * @param revision up to which it has seen everything
     * @param told the last revision that it was told of
     * @param fullThrough the changes up to this revision are told whole, not as patches
     */
    record Log(long revision, long told, long fullThrough) implements Progress {}

    /**
     * It was told the first of the two things that a change does to a live window, and not the second.
     *
     * @param revision the one before that change
     */
    record Between(long revision) implements Progress {
        @Override
        public long told() {
            return revision;
        }
    }

    /**
     * It was reset and reads the present state.
     *
     * @param revision up to which it has seen the resources
     * @param told the last resource that it was told of; 0 before the first
     * @param through the revision at which the log takes over
     */
    record State(long revision, long told, long through) implements Progress {}

    /**
     * It was there at a time, and which revision that was has to be looked up.
     *
     * @param timeMillis milliseconds since 1970 UTC
     */
    record Searching(long timeMillis) implements Progress {
        @Override
        public long told() {
            return 0;
        }
    }

    /** It must be reset before anything else. */
    record Lost(ResetReason reason) implements Progress {
        @Override
        public long told() {
            return 0;
        }
    }
}
