package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Index;
import dev.genstore.store.StorageException;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** {@link StoreCheck}. Entries of indexes have no checksum, but the resources say what they are. */
class StoreCheckTest {
    private static final String THE_ENTRY =
            " WHERE at_revision = 2 AND number = (SELECT number FROM declared_index"
                    + " WHERE members = 'size')";

    /** The first page is what SQLite must read before it can say anything. */
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        Set<Index> indexes = Set.of(Index.parse("size"), Index.parse("tag,size"));
        var chronicle = new Chronicle();
        try (SqliteStorage storage = Tampering.open(folder)) {
            storage.ledger().begin();
            storage.ledger().append(chronicle.create("notes", "a", "{\"size\":1,\"tag\":\"x\"}"));
            storage.ledger().append(chronicle.create("notes", "b", "{\"size\":2.5}"));
            storage.ledger().append(chronicle.create("notes", "c", "{\"tag\":null}"));
            storage.ledger().append(chronicle.create("notes", "d", "{\"size\":\"é\",\"tag\":[1]}"));
            storage.ledger().indexes("notes", indexes, indexes);
            storage.ledger().commit();
            storage.ledger().begin();
            storage.ledger().workOnIndexes(9);
            storage.ledger().append(chronicle.update("notes", "a", "{\"size\":7}"));
            storage.ledger().commit();
            build(storage);
        }
    }

    private static void build(SqliteStorage storage) {
        boolean mayHaveMore = true;
        while (mayHaveMore) {
            storage.ledger().begin();
            mayHaveMore = storage.ledger().workOnIndexes(9).mayHaveMore();
            storage.ledger().commit();
        }
    }

    @Test
    void entries_that_are_those_of_the_resources_are_sound() {
        assertThat(StoreCheck.of(folder).damage()).isEmpty();
    }

    @Test
    void an_entry_that_is_missing_is_damage() {
        Tampering.sql(folder, "DELETE FROM member_entry" + THE_ENTRY);
        assertThat(StoreCheck.of(folder).damage())
                .containsExactly("Revision 2 has no entry in index size of collection notes.");
    }

    @Test
    void an_entry_at_another_place_is_damage() {
        Tampering.sql(folder, "UPDATE member_entry SET a = 9" + THE_ENTRY);
        assertThat(StoreCheck.of(folder).damage())
                .containsExactly(
                        "Revision 2 has no entry in index size of collection notes.",
                        "An entry in index size of collection notes leads to revision 2, which is"
                                + " another.");
    }

    @Test
    void an_entry_that_leads_to_another_resource_is_damage() {
        Tampering.sql(folder, "UPDATE member_entry SET at_revision = 3" + THE_ENTRY);
        assertThat(StoreCheck.of(folder).damage())
                .containsExactly(
                        "Revision 2 has no entry in index size of collection notes.",
                        "An entry in index size of collection notes leads to revision 3, which is"
                                + " another.");
    }

    /** Whoever finds it, SQLite or the checksums: one that does not say where is of no use. */
    @Test
    void what_a_flipped_bit_damages_has_a_place() throws IOException {
        long seed = Long.getLong("genstore.seed", System.nanoTime());
        var random = new Random(seed);
        Path file = folder.resolve("genstore.db");
        byte[] sound = Files.readAllBytes(file);
        int found = 0;
        while (found < 30) {
            int at = random.nextInt(PAGE, sound.length);
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            List<String> damage = damage();
            found += damage.isEmpty() ? 0 : 1;
            if (!damage.isEmpty()) {
                assertThat(String.join("\n", damage))
                        .as("seed %d, byte %d", seed, at)
                        .containsPattern(
                                "(?i)(page|revision|row) \\d+|(table|index) [a-z]|made by|freelist");
            }
        }
    }

    /** Where the table of migrations is wrong, it takes the store for one of another version. */
    private List<String> damage() {
        try {
            return StoreCheck.of(folder).damage();
        } catch (StorageException stranger) {
            return List.of(String.valueOf(stranger.getMessage()));
        }
    }
}
