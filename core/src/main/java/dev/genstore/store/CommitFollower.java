package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One who follows the writes that are asked for on a thread to where they are durable, for who wants to
 * see where time goes.
 *
 * <p>Immutable.
 */
public final class CommitFollower {
    private static final ScopedValue<CommitFollower> PRESENT = ScopedValue.newInstance();

    private final Consumer<Commit> told;

    /**
     * What was committed of writes that were asked for as one. Times are those of {@link
     * System#nanoTime}.
     *
     * @param first the revision of their first change
     * @param last the revision of their last change
     * @param sharing how many batches, and writes by themselves, share the commit
     * @param askedNanos when they were asked for
     * @param begunNanos when the commit was begun, for which they had waited
     * @param durableNanos when they were durable
     */
    public record Commit(
            long first,
            long last,
            int sharing,
            long askedNanos,
            long begunNanos,
            long durableNanos) {}

    /**
     * One who is told so.
     *
     * @param told called on the writer thread before anybody hears of the changes, so it must be quick
     *     and must not throw
     */
    public CommitFollower(Consumer<Commit> told) {
        this.told = Objects.requireNonNull(told, "told");
    }

    /** Who follows what is asked for on this thread, or null where nobody does. */
    static @Nullable CommitFollower present() {
        return PRESENT.isBound() ? PRESENT.get() : null;
    }

    /** Runs this on the present thread, and follows what it writes. */
    public <T extends @Nullable Object> T follow(Supplier<T> work) {
        return ScopedValue.where(PRESENT, this).call(work::get);
    }

    void durable(Commit commit) {
        told.accept(commit);
    }
}
