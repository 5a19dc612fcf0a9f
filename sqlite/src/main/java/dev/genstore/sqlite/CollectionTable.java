package dev.genstore.sqlite;

import dev.genstore.resource.Change;
import dev.genstore.store.CollectionState;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The writer's view of table {@code collection}. It counts in memory and writes each collection that
 * changed once, at the end of the transaction; so a change that fails leaves no collection behind.
 *
 * <p>Confined to the writer thread. After a failure {@link #forget} makes it read the table again.
 */
final class CollectionTable {
    private static final int REMEMBERED_MAX = 10_000;

    private static final String FIND =
            "SELECT " + Rows.COLLECTION + ", c.key FROM collection c WHERE c.name = ?";
    private static final String LAST_KEY = "SELECT max(key) FROM collection";
    private static final String SAVE = """
            INSERT INTO collection (key, name, count, revision, crc) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT (name) DO UPDATE \
            SET count = excluded.count, revision = excluded.revision, crc = excluded.crc""";

    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<Entry> changed = new LinkedHashSet<>();
    private long lastKey;

    /** A collection as the open transaction has it. */
    private static final class Entry {
        final long key;
        CollectionState state;

        Entry(long key, CollectionState state) {
            this.key = key;
            this.state = state;
        }
    }

    /** The key of a collection that may or may not have been written yet. */
    long key(String name, Session session) {
        return entry(name, session).key;
    }

    /** How many resources a collection has in the open transaction. */
    long count(String name, Session session) {
        return entry(name, session).state.count();
    }

    /** The key of a collection that is there from now on, if only without resources. */
    long keep(String name, Session session) {
        Entry entry = entry(name, session);
        changed.add(entry);
        return entry.key;
    }

    /** Counts a change that the open transaction has. */
    void count(Change change, Session session) {
        Entry entry = entry(change.collection(), session);
        long added = switch (change.kind()) {
            case CREATED -> 1;
            case UPDATED -> 0;
            case DELETED -> -1;
        };
        long count = entry.state.count() + added;
        entry.state = new CollectionState(change.collection(), count, change.revision());
        changed.add(entry);
    }

    /** Writes what has changed, and forgets when many were asked for, which need not be there. */
    void flush(Session session) {
        changed.forEach(entry -> session.update(
                SAVE,
                entry.key,
                entry.state.name(),
                entry.state.count(),
                entry.state.revision(),
                Rows.checksum(entry.state)));
        changed.clear();
        if (entries.size() > REMEMBERED_MAX) {
            forget();
        }
    }

    /** Drops everything that is not in the table. */
    void forget() {
        entries.clear();
        changed.clear();
        lastKey = 0;
    }

    private Entry entry(String name, Session session) {
        Entry known = entries.get(name);
        if (known != null) {
            return known;
        }
        Entry stored =
                session.first(FIND, row -> new Entry(row.getLong(5), Rows.collection(row)), name);
        Entry entry = stored != null ? stored : fresh(name, session);
        entries.put(name, entry);
        return entry;
    }

    private Entry fresh(String name, Session session) {
        lastKey = 1 + (lastKey == 0 ? session.number(LAST_KEY) : lastKey);
        return new Entry(lastKey, new CollectionState(name, 0, 0));
    }
}
