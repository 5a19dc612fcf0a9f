package dev.genstore.hub;

import dev.genstore.query.Document;
import dev.genstore.query.Filter;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

/**
 * A change as conditions see it, with both its states. What it is to a watch is decided here and
 * nowhere else, whether it is told live, from the log, or as a part of the state behind a reset.
 *
 * <p>A state is parsed when the first condition looks into it, and only once. Confined to one thread.
 */
final class Transition {
    private final Change change;
    private final @Nullable Document before;
    private final @Nullable Document after;

    Transition(Change change) {
        this.change = change;
        this.before = document(change.before());
        this.after = document(change.after());
    }

    /** What is there now, to somebody who has nothing. */
    static Transition toPresent(Resource resource) {
        return new Transition(
                new Change(resource.revision(), resource.updatedMillis(), null, resource, null));
    }

    private static @Nullable Document document(@Nullable Resource resource) {
        return resource == null ? null : new Document(resource);
    }

    Change change() {
        return change;
    }

    long revision() {
        return change.revision();
    }

    @Nullable Document before() {
        return before;
    }

    @Nullable Document after() {
        return after;
    }

    /**
     * Parses both states, if nobody has.
     *
     * @throws RuntimeException when that can't be done
     */
    void parse() {
        if (before != null) {
            before.parse();
        }
        if (after != null) {
            after.parse();
        }
    }

    /**
     * What it is to who sees only those resources of a target that a filter lets through.
     *
     * <pre>
     *                    after: seen    not seen
     *   before: seen        UPDATED      DELETED
     *       not seen        CREATED         null
     * </pre>
     */
    @Nullable Sight seenThrough(Target target, Filter filter) {
        if (!target.covers(change.collection(), change.id())) {
            return null;
        }
        boolean wasSeen = before != null && filter.matches(before);
        boolean isSeen = after != null && filter.matches(after);
        if (wasSeen) {
            return new Sight(this, isSeen ? Change.Kind.UPDATED : Change.Kind.DELETED);
        }
        return isSeen ? new Sight(this, Change.Kind.CREATED) : null;
    }
}
