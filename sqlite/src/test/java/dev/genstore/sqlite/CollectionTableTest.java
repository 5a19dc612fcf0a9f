package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.store.CollectionState;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** {@link CollectionTable}. */
class CollectionTableTest {
    /** One more than are remembered. */
    private static final int COLLECTIONS = 10_001;

    @TempDir
    Path folder;

    private final Chronicle chronicle = new Chronicle();

    @Test
    void there_may_be_more_collections_than_are_remembered() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            storage.ledger().begin();
            for (int i = 0; i < COLLECTIONS; i++) {
                storage.ledger().append(chronicle.create("c" + i, "1", "{}"));
            }
            storage.ledger().commit();
            Tampering.commit(
                    storage,
                    chronicle.create("a-new-one", "1", "{}"),
                    chronicle.create("c7", "2", "{}"),
                    chronicle.delete("c8", "1"));
            long head = chronicle.head();
            List<CollectionState> all =
                    storage.read(snapshot -> snapshot.collections("", COLLECTIONS + 1));
            assertThat(all)
                    .hasSize(COLLECTIONS + 1)
                    .contains(
                            new CollectionState("a-new-one", 1, head - 2),
                            new CollectionState("c7", 2, head - 1),
                            new CollectionState("c8", 0, head));
        }
    }

    /** A key is taken when a name is first asked for; that it is given again shows what was dropped. */
    @Test
    void names_that_are_only_asked_for_are_not_remembered_for_ever() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            storage.ledger().begin();
            for (int i = 0; i < COLLECTIONS; i++) {
                assertThat(storage.ledger().find("c" + i, "1")).isNull();
            }
            storage.ledger().commit();
            Tampering.commit(storage, chronicle.create("a-new-one", "1", "{}"));
        }
        try (Session session = DatabaseFile.in(folder).openReader()) {
            assertThat(session.number("SELECT key FROM collection")).isEqualTo(1);
        }
    }
}
