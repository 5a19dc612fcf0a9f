package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.changes;
import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.fill;
import static dev.genstore.sqlite.Tampering.note;
import static dev.genstore.sqlite.Tampering.open;
import static dev.genstore.sqlite.Tampering.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Damage is found and told; what is damaged is never shown. */
class DamageTest {
    private static final Target NOTES = new Target.InCollection("notes");
    private static final int FLIPS = 300;

    @TempDir
    Path folder;

    @BeforeEach
    void fillFolder() {
        fill(folder);
    }

    @Test
    void a_flipped_bit_in_a_resource_is_not_served() throws IOException {
        flipIn("the first text of 3");
        try (SqliteStorage storage = open(folder)) {
            assertThat(readFailure(storage, snapshot -> snapshot.find("notes", "id-3")))
                    .hasMessageContaining("Revision 3 in table resource");
            readFailure(storage, snapshot -> snapshot.list(ListQuery.of("notes")));
            readFailure(storage, snapshot -> snapshot.state(NOTES, 0, 9, 9, Long.MAX_VALUE));
            assertThat(note(storage, "id-1")).isNotNull();
        }
    }

    @Test
    void every_column_of_a_resource_is_protected() {
        for (String change : List.of(
                "created_millis = created_millis + 1",
                "updated_millis = updated_millis - 1",
                "crc = crc + 1",
                "body = x'7b7d'",
                "id = 'id-33'",
                "collection = 7",
                "revision = 10")) {
            fillAnew();
            sql(folder, "UPDATE resource SET " + change + " WHERE revision = 6");
            damagedWhenRead(
                    snapshot -> snapshot.state(new Target.Everything(), 0, 99, 99, Long.MAX_VALUE));
        }
    }

    @Test
    void every_column_of_the_log_is_protected() {
        for (String change : List.of(
                "time_millis = time_millis + 1",
                "id = 'id-33'",
                "collection = 7",
                "origin = 'me'",
                "traceparent = 'me'",
                "batch_first = 5, batch_last = 7",
                "batch_last = 7",
                "before_revision = 1",
                "before_revision = NULL",
                "before_created_millis = 7",
                "before_updated_millis = 7",
                "before_body = x'7b7d'",
                "after_created_millis = NULL",
                "after_updated_millis = 7",
                "after_body = x'7b7d'",
                "after_body = NULL",
                "cut = 1",
                "crc = 0")) {
            fillAnew();
            sql(folder, "UPDATE log SET " + change + " WHERE revision = 7");
            damagedWhenRead(snapshot -> snapshot.log(0, 99, Long.MAX_VALUE));
        }
    }

    @Test
    void a_lost_place_in_a_trace_is_damage() {
        Chronicle chronicle = fillAnew();
        try (SqliteStorage storage = open(folder)) {
            commit(storage, chronicle.create("notes", "id-7", "{}"));
        }
        sql(folder, "UPDATE log SET traceparent = NULL WHERE revision = 10");
        damagedWhenRead(snapshot -> snapshot.log(9, 99, Long.MAX_VALUE));
    }

    @Test
    void what_is_left_of_a_cut_change_is_protected() {
        for (String change : List.of(
                "time_millis = time_millis + 1",
                "id = 'id-33'",
                "collection = 7",
                "batch_first = 5, batch_last = 7",
                "before_revision = 1",
                "before_revision = NULL",
                "after_created_millis = NULL",
                "after_created_millis = 7",
                "cut = NULL",
                "crc = 0")) {
            fillAnew();
            cutAll();
            sql(folder, "UPDATE log SET " + change + " WHERE revision = 7");
            damagedWhenRead(snapshot -> snapshot.log(0, 99, Long.MAX_VALUE));
        }
    }

    @Test
    void what_has_lost_its_content_in_another_way_is_not_taken_for_cut() {
        sql(folder, "UPDATE log SET cut = 1, before_body = NULL, after_body = NULL");
        damagedWhenRead(snapshot -> snapshot.log(0, 99, Long.MAX_VALUE));
    }

    @Test
    void a_damaged_change_is_not_cut_and_the_transaction_goes_on() {
        sql(folder, "UPDATE log SET before_body = x'7b7d' WHERE revision = 7");
        try (SqliteStorage storage = open(folder)) {
            storage.ledger().begin();
            failure(Kind.DAMAGED, () -> storage.ledger().cut("notes", 0, 9, 99, Long.MAX_VALUE));
            storage.ledger().commit();
            readFailure(storage, snapshot -> snapshot.log(6, 1, 0));
            assertThat(changes(storage, 0, 6)).hasSize(6);
            assertThat(changes(storage, 7, 9)).hasSize(2);
        }
    }

    private void cutAll() {
        try (SqliteStorage storage = open(folder)) {
            storage.ledger().begin();
            storage.ledger().cut("notes", 0, 9, 99, Long.MAX_VALUE);
            storage.ledger().commit();
        }
    }

    @Test
    void no_earlier_state_is_made_of_a_damaged_change() {
        for (String change : List.of(
                "time_millis = time_millis + 1",
                "before_body = x'7b7d'",
                "before_updated_millis = 7",
                "after_body = x'7b7d'",
                "crc = 0")) {
            fillAnew();
            sql(folder, "UPDATE log SET " + change + " WHERE revision = 7");
            damagedWhenRead(snapshot -> String.valueOf(before7(snapshot).find("notes", "id-2")));
            damagedWhenRead(snapshot -> before7(snapshot).list(ListQuery.of("notes")));
        }
    }

    private static Past before7(Snapshot snapshot) {
        return snapshot.past(6, Past.Bounds.NONE);
    }

    @Test
    void a_batch_is_protected() {
        Chronicle chronicle = fillAnew();
        var batch = new Change.Batch(10, 11);
        try (SqliteStorage storage = open(folder)) {
            commit(
                    storage,
                    chronicle.create("notes", "a", "{}").in(batch),
                    chronicle.create("notes", "b", "{}").in(batch));
        }
        sql(folder, "UPDATE log SET batch_first = NULL, batch_last = NULL WHERE revision = 11");
        damagedWhenRead(snapshot -> snapshot.changes(10, 9, Long.MAX_VALUE));
    }

    @Test
    void every_column_of_an_answer_is_protected() {
        for (String change : List.of(
                "number = 7",
                "time_millis = 8",
                "weight_before = 1",
                "crc = crc + 1",
                "request = 'other'",
                "answer = 'other'")) {
            fillAnew();
            keep();
            sql(folder, "UPDATE answer SET " + change);
            try (SqliteStorage storage = open(folder)) {
                storage.ledger().begin();
                failure(Kind.DAMAGED, () -> storage.ledger().findAnswer("key"));
                commitRest(storage);
            }
        }
    }

    private void keep() {
        try (SqliteStorage storage = open(folder)) {
            storage.ledger().begin();
            storage.ledger().keep(new KeptAnswer("key", 7, "request", "answer"));
            storage.ledger().commit();
        }
    }

    /** What is damaged does not keep others from being written and trimmed. */
    private static void commitRest(SqliteStorage storage) {
        storage.ledger().keep(new KeptAnswer("next", 8, "request", "answer"));
        storage.ledger().trimAnswers(0, 9, 1 << 20, 9);
        storage.ledger().commit();
    }

    @Test
    void a_damaged_collection_is_not_told() {
        sql(folder, "UPDATE collection SET count = 9");
        damagedWhenRead(snapshot -> snapshot.collections("", 9));
        damagedWhenRead(snapshot -> snapshot.lastChange(NOTES));
    }

    @Test
    void a_damaged_history_is_refused_when_it_is_opened() {
        sql(folder, "UPDATE history SET epoch = 'other'");
        assertThat(refusal()).hasMessageContaining("The row of table history");
        fillAnew();
        sql(folder, "DELETE FROM history");
        assertThat(refusal()).hasMessageContaining("has no history");
    }

    @Test
    void a_hole_in_the_log_is_refused_when_it_is_opened() {
        for (int revision : new int[] {1, 5, 9}) {
            fillAnew();
            sql(folder, "DELETE FROM log WHERE revision = " + revision);
            assertThat(refusal())
                    .hasMessageContaining("its history goes from 1 to 9, but it has 8 changes")
                    .hasMessageContaining("Restore the folder from a backup.");
        }
    }

    @Test
    void a_resource_from_the_future_is_refused_when_it_is_opened() {
        sql(folder, "UPDATE resource SET revision = 10 WHERE revision = 6");
        assertThat(refusal()).hasMessageContaining("a resource of revision 10");
    }

    @Test
    void a_hole_in_the_log_is_found_when_it_is_read() {
        try (SqliteStorage storage = open(folder)) {
            sql(folder, "DELETE FROM log WHERE revision = 5");
            assertThat(readFailure(storage, snapshot -> snapshot.changes(0, 99, Long.MAX_VALUE)))
                    .hasMessageContaining("Revision 5 is missing");
            assertThat(readFailure(storage, snapshot -> snapshot.changes(4, 1, 0)))
                    .hasMessageContaining("Revision 5 is missing");
            sql(folder, "DELETE FROM log WHERE revision >= 8");
            assertThat(readFailure(storage, snapshot -> snapshot.changes(7, 99, 0)))
                    .hasMessageContaining("Revision 8 is missing");
            assertThat(changes(storage, 5, 2)).hasSize(2);
        }
    }

    @Test
    void a_damaged_resource_is_not_written_and_the_transaction_goes_on() {
        sql(folder, "UPDATE resource SET body = x'7b7d' WHERE revision = 6");
        try (SqliteStorage storage = open(folder)) {
            storage.ledger().begin();
            failure(Kind.DAMAGED, () -> storage.ledger().find("notes", "id-6"));
            assertThat(storage.ledger().find("notes", "id-1")).isNotNull();
            storage.ledger().commit();
        }
    }

    @Test
    void a_cut_file_is_refused() throws IOException {
        Path file = folder.resolve("genstore.db");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {1, 99, 100, 4_096, whole.length / 2, whole.length - 4_096}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(refusal()).hasMessageContaining("estore the folder from a backup");
        }
    }

    @Test
    void a_flipped_bit_anywhere_shows_nothing_that_was_not_written() throws IOException {
        flipAnywhere();
    }

    @Test
    void a_flipped_bit_anywhere_shows_nothing_where_changes_are_cut() throws IOException {
        cutAll();
        flipAnywhere();
    }

    private void flipAnywhere() throws IOException {
        Path file = folder.resolve("genstore.db");
        byte[] whole = Files.readAllBytes(file);
        List<Object> written = look();
        for (int seed = 0; seed < FLIPS; seed++) {
            var random = new Random(seed);
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            assertThat(written).as("seed %d", seed).containsAll(lookIfPossible());
        }
    }

    private List<Object> lookIfPossible() {
        try {
            return look();
        } catch (StorageException told) {
            return List.of();
        }
    }

    /** Everything that can be read one by one, however much else is damaged. */
    private List<Object> look() {
        List<Object> seen = new ArrayList<>();
        try (SqliteStorage storage = open(folder)) {
            for (long revision = 0; revision < 9; revision++) {
                long after = revision;
                look(storage, seen, snapshot -> snapshot.log(after, 1, 0));
                look(storage, seen, snapshot -> snapshot.state(NOTES, after, 9, 1, Long.MAX_VALUE));
                look(
                        storage,
                        seen,
                        snapshot -> snapshot.list(ListQuery.of("notes")
                                        .after(Place.ofId("id-" + after))
                                        .upTo(1, 0))
                                .resources());
            }
        }
        return seen;
    }

    private static void look(
            SqliteStorage storage, List<Object> seen, Function<Snapshot, List<?>> reading) {
        try {
            seen.addAll(storage.read(reading));
        } catch (StorageException told) {
            assertThat(told).hasMessageNotContaining("null");
        }
    }

    private void flipIn(String text) throws IOException {
        Path file = folder.resolve("genstore.db");
        byte[] bytes = Files.readAllBytes(file);
        String seen = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = seen.indexOf(text); at >= 0; at = seen.indexOf(text, at + 1)) {
            bytes[at + 6] ^= 4;
        }
        Files.write(file, bytes);
    }

    private Chronicle fillAnew() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return fill(folder);
    }

    private void damagedWhenRead(Function<Snapshot, Object> reading) {
        try (SqliteStorage storage = open(folder)) {
            readFailure(storage, reading);
        } catch (StorageException failure) {
            assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
        }
    }

    private static StorageException readFailure(
            SqliteStorage storage, Function<Snapshot, ? extends @Nullable Object> reading) {
        return failure(Kind.DAMAGED, () -> storage.read(reading));
    }

    private StorageException refusal() {
        return failure(Kind.DAMAGED, () -> open(folder).close());
    }
}
