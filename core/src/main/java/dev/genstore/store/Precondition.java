package dev.genstore.store;

import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What must hold of a resource for a write to happen (RFC 9110, 13.1).
 *
 * <p>Immutable.
 *
 * @param ifMatch the versions that it may have, or null when there is no such condition
 * @param ifNoneMatch the versions that it must not have, or null when there is no such condition
 * @param unmodifiedSinceMillis it must not have changed after this second, or null; it does not
 *     count beside {@code ifMatch}
 */
public record Precondition(
        @Nullable Versions ifMatch,
        @Nullable Versions ifNoneMatch,
        @Nullable Long unmodifiedSinceMillis) {
    /** No condition. */
    public static final Precondition NONE = new Precondition(null, null, null);

    /**
     * A set of versions.
     *
     * @param any whether it is {@code *}: every version
     * @param positions the versions, when it is not
     */
    public record Versions(boolean any, List<Position> positions) {
        public static final Versions ANY = new Versions(true, List.of());

        public Versions {
            positions = List.copyOf(positions);
        }

        /** Whether this version is one of them. */
        public boolean has(long revision, String epoch) {
            return any
                    || positions.stream()
                            .anyMatch(at -> at.revision() == revision && at.isOf(epoch));
        }
    }

    /** Holds only of the version with this revision. */
    public static Precondition version(long revision) {
        return new Precondition(
                new Versions(false, List.of(new Position(null, revision))), null, null);
    }

    /** Holds only while there is no such resource. */
    public static Precondition absent() {
        return new Precondition(null, Versions.ANY, null);
    }

    /**
     * Checks the resource as it is.
     *
     * @param current the resource, or null when there is none
     * @throws dev.genstore.resource.Problem 412 {@code precondition-failed}
     */
    public void check(@Nullable Resource current, String epoch) {
        if (ifMatch != null) {
            require(current != null && ifMatch.has(current.revision(), epoch), current, epoch);
        } else if (unmodifiedSinceMillis != null) {
            require(current != null && seconds(current) <= unmodifiedSinceMillis, current, epoch);
        }
        if (ifNoneMatch != null) {
            require(current == null || !ifNoneMatch.has(current.revision(), epoch), current, epoch);
        }
    }

    private static void require(boolean holds, @Nullable Resource current, String epoch) {
        if (holds) {
            return;
        }
        if (current == null) {
            throw ProblemType.PRECONDITION_FAILED.because(
                    "There is no such resource; it may have been deleted.");
        }
        String etag = new Position(epoch, current.revision()).etag();
        throw ProblemType.PRECONDITION_FAILED
                .because("The resource is at " + etag + "; read it and decide again.")
                .with("ETag", etag);
    }

    /** HTTP dates have no milliseconds. */
    private static long seconds(Resource resource) {
        return resource.updatedMillis() / 1000 * 1000;
    }
}
