package dev.genstore.testkit;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.CollectionState;
import dev.genstore.store.Storage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.List;

/** What the tests of every {@link Storage} have in common: one that is open, and changes for it. */
abstract class StorageContract {
    static final Target EVERYTHING = new Target.Everything();

    final Chronicle chronicle = new Chronicle();
    Storage storage;

    /** Opens what the test has stored so far; at first a new store. */
    protected abstract Storage open();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    /** Goes on with what a restart finds. */
    void reopen() {
        storage.close();
        storage = open();
    }

    /** Commits these changes in one transaction. */
    void commit(Change... changes) {
        storage.ledger().begin();
        List.of(changes).forEach(storage.ledger()::append);
        storage.ledger().commit();
    }

    /** Commits new resources with these ids. */
    void create(String collection, String... ids) {
        for (String id : ids) {
            commit(chronicle.create(collection, id, "{\"of\":\"" + id + "\"}"));
        }
    }

    /** Commits a trim. */
    long trim(long revision) {
        storage.ledger().begin();
        long horizon = storage.ledger().trim(revision);
        storage.ledger().commit();
        return horizon;
    }

    long head() {
        return storage.read(snapshot -> snapshot.head());
    }

    long headMillis() {
        return storage.read(snapshot -> snapshot.headMillis());
    }

    long horizon() {
        return storage.read(snapshot -> snapshot.horizon());
    }

    @Nullable Resource find(String collection, String id) {
        return storage.read(snapshot -> snapshot.find(collection, id));
    }

    List<CollectionState> collections(String afterName, int countMax) {
        return storage.read(snapshot -> snapshot.collections(afterName, countMax));
    }

    List<Change> log() {
        return storage.read(
                snapshot -> snapshot.changes(snapshot.horizon(), 1_000, Long.MAX_VALUE));
    }

    List<Resource> state() {
        return storage.read(
                snapshot -> snapshot.state(EVERYTHING, 0, Long.MAX_VALUE, 1_000, Long.MAX_VALUE));
    }

    static List<String> ids(List<Resource> resources) {
        return resources.stream().map(Resource::id).toList();
    }

    static List<Long> revisions(List<Change> changes) {
        return changes.stream().map(Change::revision).toList();
    }
}
