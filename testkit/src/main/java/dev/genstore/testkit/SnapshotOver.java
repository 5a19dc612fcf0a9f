package dev.genstore.testkit;

import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A snapshot that says what another says, but for what a test changes. */
public class SnapshotOver implements Snapshot {
    private final Snapshot real;

    protected SnapshotOver(Snapshot real) {
        this.real = real;
    }

    @Override
    public long head() {
        return real.head();
    }

    @Override
    public long headMillis() {
        return real.headMillis();
    }

    @Override
    public long horizon() {
        return real.horizon();
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        return real.find(collection, id);
    }

    @Override
    public ListPage list(ListQuery query) {
        return real.list(query);
    }

    @Override
    public List<CollectionState> collections(String afterName, int countMax) {
        return real.collections(afterName, countMax);
    }

    @Override
    public long lastChange(Target target) {
        return real.lastChange(target);
    }

    @Override
    public long lastDeletion(String collection) {
        return real.lastDeletion(collection);
    }

    @Override
    public List<Resource> state(
            Target target, long afterRevision, long throughRevision, int countMax, long weightMax) {
        return real.state(target, afterRevision, throughRevision, countMax, weightMax);
    }

    @Override
    public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
        return real.log(afterRevision, countMax, weightMax);
    }

    @Override
    public Past past(long revision, Past.Bounds bounds) {
        return real.past(revision, bounds);
    }
}
