package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * The writing side of a {@link Storage}: one transaction at a time.
 *
 * <p>Confined to the writer thread. All methods throw {@link StorageException}.
 */
public interface Ledger {
    /** Opens a transaction. */
    void begin();

    /**
     * The resource in this transaction's state, or null when there is none. When it is {@link
     * StorageException.Kind#DAMAGED}, only it is; the transaction can go on.
     */
    @Nullable Resource find(String collection, String id);

    /**
     * The resources of a collection in this transaction's state that were written behind a revision,
     * in order of their own.
     *
     * @param countMax how many at most
     * @param weightMax no further one is returned once their {@link Resource#weightBytes} add up to
     *     this
     */
    List<Resource> changed(String collection, long afterRevision, int countMax, long weightMax);

    /** How many resources a collection has in this transaction's state. */
    long count(String collection);

    /**
     * Writes a change into the log and makes the resource what it says. When it throws anything but
     * a {@link StorageException}, nothing of this change is left and the transaction can go on.
     *
     * @param change whose revision is one above the last
     * @throws IllegalArgumentException when it is not, or when {@code before} is not what is stored
     */
    void append(Change change);

    /**
     * Removes the changes up to this one from the log.
     *
     * @return the horizon: the revision up to which the log is gone
     */
    long trim(long throughRevision);

    /**
     * When a change was made.
     *
     * @param revision of one that the log has
     */
    long timeMillis(long revision);

    /** How many changes of a collection the log has that are not cut, above one and up to another. */
    long countWhole(String collection, long afterRevision, long throughRevision);

    /**
     * Cuts the oldest changes of a collection, above one and up to another: what they did goes, and
     * that they were made stays in the log. Those that are cut already are passed over.
     *
     * @param countMax how many at most
     * @param weightMax no further one is cut once their {@link Change#weightBytes} add up to this
     * @throws StorageException when it can't; a {@link StorageException.Kind#DAMAGED} change leaves
     *     the transaction as it was, and it can go on
     */
    CutStep cut(
            String collection,
            long afterRevision,
            long throughRevision,
            int countMax,
            long weightMax);

    /**
     * Sees to it that a collection has these indexes and no others. What is written into the collection
     * from now on is in them. What is there already has to be gone through.
     *
     * @param later for which {@link #workOnIndexes} does that; for the others it is done at once, while
     *     nothing else is written
     */
    void indexes(String collection, Set<Index> wanted, Set<Index> later);

    /** Those of a collection's indexes that are whole. */
    Set<Index> wholeIndexes(String collection);

    /** Those of a collection's indexes that are not whole yet. They are not read by. */
    Set<Index> unfinishedIndexes(String collection);

    /**
     * Goes on with an index that is not whole, or removes something of one that is not wanted any more.
     * One for which that fails, for another reason than that the storage does not answer or is full, is
     * passed over from then on, until it is declared anew or the storage is opened anew.
     *
     * @param countMax how many resources it looks at
     * @throws StorageException when it can't; a {@link StorageException.Kind#DAMAGED} resource leaves
     *     the transaction as it was, and it can go on
     */
    IndexStep workOnIndexes(int countMax);

    /**
     * What is kept under this key in this transaction's state, or null. When it is {@link
     * StorageException.Kind#DAMAGED}, only it is; the transaction can go on.
     */
    @Nullable KeptAnswer findAnswer(String key);

    /**
     * Keeps an answer as the newest. One that was kept under the same key goes, and those that are
     * older than that go with it.
     */
    void keep(KeptAnswer answer);

    /**
     * Removes the oldest answers: those from before {@code timeMillis}, and as long as there are more
     * than {@code answersMax} or they weigh more than {@code bytesMax}; at most {@code countMax} of
     * them.
     *
     * @return how many went
     */
    int trimAnswers(long timeMillis, long answersMax, long bytesMax, int countMax);

    /** Makes the transaction durable. When it throws, the outcome is open until {@link #recover}. */
    void commit();

    /**
     * After a failure: gives the open transaction up and makes the ledger usable again, for example
     * by opening the database anew.
     */
    void recover();
}
