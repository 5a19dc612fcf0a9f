package dev.genstore.hub;

import dev.genstore.query.Document;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * A change as it looks through a filter, or through a live window.
 *
 * @param transition what changed; confined to its thread
 * @param kind what that is to those who look through it
 * @param other the resource that it happens to, where that is not the one that changed: the change
 *     made room for it in a window, or took its room
 */
record Sight(
        Transition transition, Change.Kind kind, @Nullable Resource other) {
    /** What happens to the resource that changed. */
    Sight(Transition transition, Change.Kind kind) {
        this(transition, kind, null);
    }

    Change change() {
        return transition.change();
    }

    long revision() {
        return transition.revision();
    }

    /** Whom it happens to. */
    String id() {
        return other == null ? change().id() : other.id();
    }

    /** The version of it that is seen, or was seen last, or that it ended with. */
    long version() {
        return other == null ? revision() : other.revision();
    }

    /** What is seen of it; it must be seen. */
    Resource resource() {
        return other == null ? after().resource() : other;
    }

    private Document after() {
        return Objects.requireNonNull(transition.after());
    }
}
