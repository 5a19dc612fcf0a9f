package dev.genstore.client;

import java.time.Instant;
import java.util.Optional;

/** What a watch tells. Immutable as far as its resource is. */
public sealed interface Event<T> {
    /** The position behind this event: what to save, and to come back with. */
    String id();

    /** It now belongs to what is watched, and this is its state. */
    record Created<T>(Change change, T data) implements Event<T> {
        @Override
        public String id() {
            return change.id();
        }
    }

    /**
     * It changed and still belongs. Behind a reset it may come without a {@code Created} before it.
     */
    record Updated<T>(Change change, T data) implements Event<T> {
        @Override
        public String id() {
            return change.id();
        }
    }

    /** It does not belong to what is watched any more. */
    record Deleted<T>(Change change) implements Event<T> {
        @Override
        public String id() {
            return change.id();
        }
    }

    /**
     * Everything up to {@code id} has been told.
     *
     * @param expires when the credentials do, where that is soon
     */
    record Synced<T>(String id, Optional<Instant> expires) implements Event<T> {}

    /** Forget everything: the present state follows as {@code Created}, and then {@code Synced}. */
    record Reset<T>(String id, String reason) implements Event<T> {}
}
