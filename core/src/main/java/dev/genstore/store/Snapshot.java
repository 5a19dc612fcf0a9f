package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One consistent state of a {@link Storage}.
 *
 * <p>Confined to the call that got it. All methods throw {@link StorageException}; a row whose
 * checksum does not fit is never returned.
 */
public interface Snapshot {
    /** The revision of the last change in this state; 0 in a new store. */
    long head();

    /** When the last change was made, even if the log has it no more; 0 in a new store. */
    long headMillis();

    /** The log has the changes above this revision; the earlier ones are gone. 0 when all are there. */
    long horizon();

    @Nullable Resource find(String collection, String id);

    /**
     * Refuses who can see nothing of a collection, whatever is in it.
     *
     * @throws dev.genstore.resource.Problem 403 {@code forbidden}
     */
    default void requireSight(String collection) {}

    /**
     * A collection's resources that a filter lets through, in an order.
     *
     * @throws dev.genstore.resource.Problem 400 {@code needs-index} when the order can't be had
     *     without reading more than the query allows
     */
    ListPage list(ListQuery query);

    /** Collections in order of name, from the first name above {@code afterName}. */
    List<CollectionState> collections(String afterName, int countMax);

    /**
     * The revision of the last change that the target covers; 0 when there was none. For a resource
     * that is not there it is the revision of its deletion while the log has that, and 0 later.
     */
    long lastChange(Target target);

    /** The revision of the last deletion in a collection that the log has; 0 when it has none. */
    long lastDeletion(String collection);

    /**
     * The target's resources in order of revision, from the first one above {@code afterRevision}.
     *
     * @param countMax how many at most
     * @param weightMax no further one is returned once their {@link Resource#weightBytes} add up to
     *     this
     */
    List<Resource> state(
            Target target, long afterRevision, long throughRevision, int countMax, long weightMax);

    /**
     * The log's entries above {@code afterRevision} in order, without gaps.
     *
     * @param afterRevision not below {@link #horizon}, where the first changes would be missing
     * @param countMax how many at most
     * @param weightMax at least one is returned, and no further one when their {@link
     *     LogEntry#weightBytes} add up to more than this
     * @throws IllegalArgumentException when {@code afterRevision} is below the horizon
     */
    List<LogEntry> log(long afterRevision, int countMax, long weightMax);

    /**
     * The same where retention can have cut none, because they are too new for it.
     *
     * @throws IllegalStateException when one is cut
     */
    default List<Change> changes(long afterRevision, int countMax, long weightMax) {
        List<Change> changes = new ArrayList<>();
        for (LogEntry entry : log(afterRevision, countMax, weightMax)) {
            switch (entry) {
                case Change change -> changes.add(change);
                case CutChange cut -> throw new IllegalStateException("is cut: " + cut);
            }
        }
        return changes;
    }

    /**
     * The state as it was behind a change. That of the head is the present one. What lies behind a
     * change that is cut can't be had.
     *
     * @param revision from {@link #horizon} to {@link #head}
     * @throws IllegalArgumentException when it is another
     */
    Past past(long revision, Past.Bounds bounds);

    /**
     * The last change that had been made at this time, or 0 when that was before the first; empty when
     * the log does not reach back so far. Times never fall along the log, so some twenty changes of a
     * million are looked at.
     *
     * @param timeMillis milliseconds since 1970 UTC
     */
    default OptionalLong revisionAt(long timeMillis) {
        if (head() == 0 || timeMillis >= headMillis()) {
            return OptionalLong.of(head());
        }
        long low = horizon();
        long high = head();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean isMade = log(middle - 1, 1, 0).getFirst().timeMillis() <= timeMillis;
            low = isMade ? middle : low;
            high = isMade ? high : middle - 1;
        }
        boolean isKnown = low > horizon() || low == 0;
        return isKnown ? OptionalLong.of(low) : OptionalLong.empty();
    }
}
