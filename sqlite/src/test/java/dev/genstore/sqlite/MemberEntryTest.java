package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.store.IndexStep;
import dev.genstore.store.ListQuery;
import dev.genstore.store.StorageException;
import dev.genstore.testkit.Chronicle;
import dev.genstore.testkit.RandomQueries;
import dev.genstore.testkit.Seed;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The entries of declared indexes, as they are in the database. */
class MemberEntryTest {
    private static final String NOTES = "notes";
    private static final String WHOLE_KEY = "(number=? AND a=? AND b=? AND c=? AND d=? AND e=?)";

    @RegisterExtension
    final Seed seed = new Seed();

    private final Chronicle chronicle = new Chronicle();

    @TempDir
    private Path folder;

    @RepeatedTest(5)
    void there_is_one_entry_for_each_resource_in_each_index_and_none_else() {
        var random = seed.random();
        var queries = new RandomQueries(random);
        try (SqliteStorage storage = Tampering.open(folder)) {
            for (int i = 0; i < 150; i++) {
                write(storage, random, queries);
                step(storage, random.nextInt(5) + 1);
                if (random.nextInt(30) == 0) {
                    Set<Index> wanted = queries.indexes();
                    declare(storage, wanted, random.nextBoolean() ? wanted : Set.of());
                }
            }
            while (step(storage, 50).mayHaveMore()) {
                write(storage, random, queries);
            }
        }
        assertThat(numbers("""
                SELECT count(*) FROM member_entry m JOIN declared_index i USING (number) \
                JOIN resource r ON r.revision = m.at_revision AND r.collection = i.collection"""))
                .isEqualTo(numbers("SELECT count(*) FROM member_entry"))
                .isEqualTo(numbers("""
                        SELECT count(*) FROM declared_index i \
                        JOIN resource r ON r.collection = i.collection"""));
    }

    @Test
    void what_is_not_wanted_any_more_goes_in_steps() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            for (int i = 0; i < 5; i++) {
                Tampering.commit(storage, chronicle.create(NOTES, "" + i, "{\"size\":1}"));
            }
            declare(storage, Set.of(Index.parse("size")), Set.of());
            declare(storage, Set.of(), Set.of());
            assertThat(step(storage, 3)).isEqualTo(new IndexStep(true, null));
            assertThat(numbers("SELECT count(*) FROM member_entry")).containsExactly(2L);
            step(storage, 3);
            assertThat(step(storage, 3)).isEqualTo(IndexStep.NOTHING);
            assertThat(numbers("SELECT count(*) FROM declared_index")).containsExactly(0L);
        }
    }

    @Test
    void a_slice_of_heavy_resources_ends_early() {
        String heavy = "{\"text\":\"" + "x".repeat(600_000) + "\"}";
        try (SqliteStorage storage = Tampering.open(folder)) {
            for (int i = 0; i < 5; i++) {
                Tampering.commit(storage, chronicle.create(NOTES, "" + i, heavy));
            }
            Index size = Index.parse("size");
            declare(storage, Set.of(size), Set.of(size));
            for (int i = 0; i < 3; i++) {
                step(storage, 1_000);
                assertThat(numbers("SELECT count(*) FROM member_entry")).containsExactly(0L);
            }
            step(storage, 1_000);
            assertThat(numbers("SELECT count(*) FROM member_entry")).containsExactly(5L);
        }
    }

    /** So a writer waits for no more than that, however much there is. */
    @Test
    void no_step_enters_more_than_it_may() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            fill(storage, 1_000, "{\"size\":1}");
            Index size = Index.parse("size");
            declare(storage, Set.of(size), Set.of(size));
            long before = 0;
            int steps = 0;
            while (step(storage, 50).mayHaveMore()) {
                long after = numbers("SELECT count(*) FROM member_entry").getFirst();
                assertThat(after - before).isBetween(0L, 50L);
                before = after;
                steps++;
            }
            assertThat(before).isEqualTo(1_000);
            assertThat(steps).as("each is gathered, and each is moved").isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void no_more_is_gathered_than_of_a_hundred_thousand_resources() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            fill(storage, 100_001, "{\"size\":1}");
            assertThat(firstMoved(storage, "size")).isEqualTo(100_000);
        }
    }

    @Test
    void no_more_is_gathered_than_of_so_many_bytes() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            fill(storage, 20_000, "{\"text\":\"" + "x".repeat(2_000) + "\"}");
            assertThat(firstMoved(storage, "text,a,b,c")).isBetween(16_384L, 17_000L);
        }
    }

    @Test
    void an_entry_has_the_beginning_of_a_long_text() {
        String inside = "{\"a\":{\"b\":{\"c\":\"" + "😀".repeat(5_000) + "\"}}}";
        try (SqliteStorage storage = Tampering.open(folder)) {
            declare(storage, Set.of(Index.parse("a,a.b,a.b.c")), Set.of());
            Tampering.commit(storage, chronicle.create(NOTES, "1", inside));
            Tampering.commit(storage, chronicle.update(NOTES, "1", inside));
        }
        assertThat(numbers("SELECT length(a) + length(b) + length(c) FROM member_entry"))
                .containsExactly(768L);
        assertThat(numbers("SELECT octet_length(c) FROM member_entry")).containsExactly(1_024L);
    }

    private void fill(SqliteStorage storage, int count, String json) {
        storage.ledger().begin();
        for (int i = 0; i < count; i++) {
            storage.ledger().append(chronicle.create(NOTES, "" + i, json));
        }
        storage.ledger().commit();
    }

    /** How many resources have an entry when the first ones that were gathered are moved. */
    private long firstMoved(SqliteStorage storage, String members) {
        Index index = Index.parse(members);
        declare(storage, Set.of(index), Set.of(index));
        while (numbers("SELECT max(filled) FROM declared_index").getFirst() == 0) {
            step(storage, 50_000);
        }
        return numbers("SELECT count(*) FROM member_entry").getFirst();
    }

    @Test
    void an_entry_that_leads_to_nothing_is_damage_and_leaves_nobody_out() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            Tampering.commit(storage, chronicle.create(NOTES, "a", "{\"size\":1}"));
            declare(storage, Set.of(Index.parse("size")), Set.of());
        }
        sql(folder, "UPDATE member_entry SET at_revision = 7");
        ListQuery query = ListQuery.of(NOTES).with(Filter.ALL, Sort.parse("size"));
        try (SqliteStorage storage = Tampering.open(folder)) {
            StorageException failure = catchThrowableOfType(
                    StorageException.class, () -> storage.read(snapshot -> snapshot.list(query)));
            assertThat(failure.kind()).isEqualTo(StorageException.Kind.DAMAGED);
        }
    }

    @Test
    void a_body_that_is_no_json_stops_the_step_and_not_the_transaction() {
        try (SqliteStorage storage = Tampering.open(folder)) {
            Tampering.commit(storage, chronicle.create(NOTES, "a", "{\"size\":1}"));
            Index size = Index.parse("size");
            declare(storage, Set.of(size), Set.of(size));
        }
        sql(folder, "UPDATE resource SET body = CAST('{\"size' AS BLOB)");
        try (SqliteStorage storage = Tampering.open(folder)) {
            storage.ledger().begin();
            StorageException failure = catchThrowableOfType(
                    StorageException.class, () -> storage.ledger().workOnIndexes(9));
            assertThat(failure.kind()).isEqualTo(StorageException.Kind.DAMAGED);
            assertThat(failure).hasMessageContaining("The index size of /api/notes");
            assertThat(storage.ledger().workOnIndexes(9)).isEqualTo(IndexStep.NOTHING);
            storage.ledger().append(chronicle.create(NOTES, "b", "{}"));
            storage.ledger().commit();
            long head = storage.read(snapshot -> snapshot.head());
            assertThat(head).isEqualTo(2);
        }
    }

    @Test
    void what_cannot_be_built_keeps_nothing_else_from_being_built_or_removed() {
        Set<Index> size = Set.of(Index.parse("size"));
        try (SqliteStorage storage = Tampering.open(folder)) {
            Tampering.commit(storage, chronicle.create(NOTES, "a", "{\"size\":1}"));
            Tampering.commit(storage, chronicle.create("tasks", "a", "{\"size\":1}"));
            declare(storage, Set.of(Index.parse("of")), Set.of());
            declare(storage, size, size);
            storage.ledger().begin();
            storage.ledger().indexes("tasks", size, size);
            storage.ledger().commit();
        }
        sql(folder, "UPDATE resource SET body = CAST('{\"size' AS BLOB) WHERE revision = 1");
        try (SqliteStorage storage = Tampering.open(folder)) {
            storage.ledger().begin();
            StorageException failure = catchThrowableOfType(
                    StorageException.class, () -> storage.ledger().workOnIndexes(9));
            assertThat(failure.kind()).isEqualTo(StorageException.Kind.DAMAGED);
            storage.ledger().commit();
            assertThat(step(storage, 9)).isEqualTo(new IndexStep(true, "tasks"));
            while (step(storage, 9).mayHaveMore()) {
                assertThat(numbers("SELECT count(*) FROM declared_index")).isNotEmpty();
            }
            storage.ledger().begin();
            assertThat(storage.ledger().wholeIndexes("tasks")).isEqualTo(size);
            assertThat(storage.ledger().unfinishedIndexes(NOTES)).isEqualTo(size);
            storage.ledger().indexes(NOTES, Set.of(), Set.of());
            storage.ledger().indexes(NOTES, size, size);
            storage.ledger().commit();
            assertThat(numbers("SELECT count(*) FROM declared_index")).containsExactly(3L);
        }
    }

    @Test
    void what_takes_entries_away_searches_by_the_whole_key() {
        Tampering.open(folder).close();
        try (Session session = DatabaseFile.in(folder).openWriter()) {
            session.update(IndexFilling.TABLE);
            for (String index : List.of("size", "_created", "status,_updated,_revision,size")) {
                String which = " FROM resource WHERE revision = 1";
                String leave = MemberIndex.of(7, Index.parse(index)).leave(which);
                assertThat(plan(session, leave)).as(index).contains(WHOLE_KEY);
            }
            assertThat(plan(session, DeclaredIndexes.EMPTY)).contains(WHOLE_KEY);
            assertThat(plan(session, IndexFilling.MOVED)).contains(WHOLE_KEY);
        }
    }

    private static String plan(Session session, String sql) {
        return session.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4))
                .toString();
    }

    private void write(SqliteStorage storage, Random random, RandomQueries queries) {
        String id = Integer.toString(random.nextInt(40));
        Change change = chronicle.find(NOTES, id) == null
                ? chronicle.create(NOTES, id, queries.document())
                : random.nextInt(3) == 0
                        ? chronicle.delete(NOTES, id)
                        : chronicle.update(NOTES, id, queries.document());
        Tampering.commit(storage, change);
    }

    private static void declare(SqliteStorage storage, Set<Index> wanted, Set<Index> later) {
        storage.ledger().begin();
        storage.ledger().indexes(NOTES, wanted, later);
        storage.ledger().commit();
    }

    private static IndexStep step(SqliteStorage storage, int countMax) {
        storage.ledger().begin();
        IndexStep step = storage.ledger().workOnIndexes(countMax);
        storage.ledger().commit();
        return step;
    }

    private List<Long> numbers(String sql) {
        try (Session session = DatabaseFile.in(folder).openReader()) {
            return session.list(sql, row -> row.getLong(1));
        }
    }
}
