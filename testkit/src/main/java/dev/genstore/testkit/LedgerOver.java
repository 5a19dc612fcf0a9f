package dev.genstore.testkit;

import dev.genstore.query.Index;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.CutStep;
import dev.genstore.store.IndexStep;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.Ledger;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** A ledger that does what another does, but for what a test changes. */
public class LedgerOver implements Ledger {
    private final Ledger real;

    protected LedgerOver(Ledger real) {
        this.real = real;
    }

    @Override
    public void begin() {
        real.begin();
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return real.find(collection, id);
    }

    @Override
    public List<Resource> changed(
            String collection, long afterRevision, int countMax, long weightMax) {
        return real.changed(collection, afterRevision, countMax, weightMax);
    }

    @Override
    public long count(String collection) {
        return real.count(collection);
    }

    @Override
    public void append(Change change) {
        real.append(change);
    }

    @Override
    public long trim(long throughRevision) {
        return real.trim(throughRevision);
    }

    @Override
    public long timeMillis(long revision) {
        return real.timeMillis(revision);
    }

    @Override
    public long countWhole(String collection, long afterRevision, long throughRevision) {
        return real.countWhole(collection, afterRevision, throughRevision);
    }

    @Override
    public CutStep cut(
            String collection,
            long afterRevision,
            long throughRevision,
            int countMax,
            long weightMax) {
        return real.cut(collection, afterRevision, throughRevision, countMax, weightMax);
    }

    @Override
    public void indexes(String collection, Set<Index> wanted, Set<Index> later) {
        real.indexes(collection, wanted, later);
    }

    @Override
    public Set<Index> wholeIndexes(String collection) {
        return real.wholeIndexes(collection);
    }

    @Override
    public Set<Index> unfinishedIndexes(String collection) {
        return real.unfinishedIndexes(collection);
    }

    @Override
    public IndexStep workOnIndexes(int countMax) {
        return real.workOnIndexes(countMax);
    }

    @Override
    public @Nullable KeptAnswer findAnswer(String key) {
        return real.findAnswer(key);
    }

    @Override
    public void keep(KeptAnswer answer) {
        real.keep(answer);
    }

    @Override
    public int trimAnswers(long timeMillis, long answersMax, long bytesMax, int countMax) {
        return real.trimAnswers(timeMillis, answersMax, bytesMax, countMax);
    }

    @Override
    public void commit() {
        real.commit();
    }

    @Override
    public void recover() {
        real.recover();
    }
}
