package dev.genstore.store;

import dev.genstore.resource.Json;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The members that a write was found to make, to be known again later. While the write waits it must
 * not be heavier than what came from its client, so of a patch only a hash of them is kept; a client
 * must not be able to find others with the same one.
 *
 * <p>Immutable.
 */
sealed interface About {
    /** Whether these are they. */
    boolean is(Json made);

    /** What a write makes. */
    static About of(Write write, Json members) {
        return write.edit() instanceof Edit.Patch
                ? new Hashed(sha256(members))
                : new Given(members);
    }

    private static ByteBuffer sha256(Json members) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(members.bytes())).asReadOnlyBuffer();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("each Java has SHA-256", missing);
        }
    }

    /** Those that are in the write itself. */
    record Given(Json members) implements About {
        @Override
        public boolean is(Json made) {
            return members.equals(made);
        }
    }

    /** Those that have this hash. */
    record Hashed(ByteBuffer hash) implements About {
        @Override
        public boolean is(Json made) {
            return hash.equals(sha256(made));
        }
    }
}
