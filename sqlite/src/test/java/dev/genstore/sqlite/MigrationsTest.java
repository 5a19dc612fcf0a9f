package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.fill;
import static dev.genstore.sqlite.Tampering.open;
import static dev.genstore.sqlite.Tampering.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.IndexStep;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@link Migrations}. */
class MigrationsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeStore() {
        open(folder).close();
    }

    @Test
    void every_script_is_known_and_numbered_from_one() throws Exception {
        try (var scripts = Files.list(scripts())) {
            assertThat(scripts.map(script -> script.getFileName().toString().replace(".sql", ""))
                            .sorted())
                    .isEqualTo(Migrations.NAMES);
        }
        for (int i = 0; i < Migrations.NAMES.size(); i++) {
            assertThat(Migrations.NAMES.get(i)).startsWith("%04d_".formatted(i + 1));
        }
    }

    @Test
    void a_changed_script_is_refused() {
        sql(folder, "UPDATE migration SET sha256 = replace(sha256, 'a', 'b')");
        assertThat(refusal()).hasMessageContaining("0001_store is not the one of this version");
    }

    @Test
    void a_renamed_script_is_refused() {
        sql(folder, "UPDATE migration SET name = '0001_other' WHERE number = 1");
        assertThat(refusal()).hasMessageContaining("0001_other is not the one of this version");
    }

    @Test
    void a_newer_store_is_refused() {
        int next = Migrations.NAMES.size() + 1;
        sql(
                folder,
                "INSERT INTO migration (number, name, sha256) VALUES (" + next
                        + ", '9999_more', '')");
        assertThat(refusal())
                .hasMessageContaining("was made by a newer Genstore")
                .hasMessageContaining("9999_more");
    }

    @Test
    void a_store_from_before_batches_is_read_on_and_takes_batches() {
        Chronicle chronicle = fill(folder);
        takeBackEntries();
        sql(folder, "DROP TABLE answer");
        sql(folder, "ALTER TABLE log DROP COLUMN batch_first");
        sql(folder, "ALTER TABLE log DROP COLUMN batch_last");
        sql(folder, "DELETE FROM migration WHERE number = 3");
        try (SqliteStorage storage = open(folder)) {
            var batch = new Change.Batch(chronicle.head() + 1, chronicle.head() + 2);
            commit(
                    storage,
                    chronicle.create("notes", "a", "{}").in(batch),
                    chronicle.create("notes", "b", "{}").in(batch));
            List<Change> log = storage.read(snapshot -> snapshot.changes(0, 99, Long.MAX_VALUE));
            assertThat(log)
                    .extracting(Change::batch)
                    .endsWith(null, batch, batch)
                    .hasSize(11);
        }
    }

    @Test
    void a_store_from_before_traces_is_read_on_and_takes_traces() {
        Chronicle chronicle = fill(folder);
        sql(folder, "ALTER TABLE log DROP COLUMN traceparent");
        sql(folder, "DELETE FROM migration WHERE number = 8");
        try (SqliteStorage storage = open(folder)) {
            Change traced = chronicle.create("notes", "b", "{}");
            commit(storage, traced);
            List<Change> log = storage.read(snapshot -> snapshot.changes(8, 9, Long.MAX_VALUE));
            assertThat(log)
                    .extracting(Change::traceparent)
                    .containsExactly(null, Objects.requireNonNull(traced.traceparent()));
        }
    }

    @Test
    void the_indexes_of_a_store_from_before_entries_are_built_anew() {
        Chronicle chronicle = fill(folder);
        takeBackEntries();
        sql(folder, "INSERT INTO member_index VALUES (7, 1, 'size')");
        sql(folder, "CREATE INDEX member_index_7 ON resource (id) WHERE collection = 1");
        try (SqliteStorage storage = open(folder)) {
            commit(storage, chronicle.create("notes", "a", "{\"size\":1}"));
            storage.ledger().begin();
            assertThat(storage.ledger().unfinishedIndexes("notes"))
                    .containsExactly(Index.parse("size"));
            assertThat(storage.ledger().workOnIndexes(99)).isEqualTo(new IndexStep(true, "notes"));
            assertThat(storage.ledger().workOnIndexes(99)).isEqualTo(new IndexStep(true, "notes"));
            assertThat(storage.ledger().unfinishedIndexes("notes")).isEmpty();
            storage.ledger().commit();
            ListQuery bySize = ListQuery.of("notes").with(Filter.ALL, Sort.parse("-size"));
            ListPage page = storage.read(snapshot -> snapshot.list(bySize));
            assertThat(page.resources().getFirst().id()).isEqualTo("a");
            assertThat(page.resources()).hasSize(6);
        }
        sql(folder, "CREATE INDEX member_index_7 ON resource (id)");
    }

    @Test
    void an_index_that_has_whole_texts_is_built_anew_and_others_stay() {
        Chronicle chronicle = fill(folder);
        String heavy = "x".repeat(300);
        try (SqliteStorage storage = open(folder)) {
            Index size = Index.parse("size");
            Index text = Index.parse("text");
            storage.ledger().begin();
            storage.ledger().indexes("notes", Set.of(size, text), Set.of());
            storage.ledger().commit();
            for (String id : List.of("c", "b", "a")) {
                String json = "{\"text\":\"" + heavy + id + "\"}";
                commit(storage, chronicle.create("notes", id, json));
            }
        }
        sql(
                folder,
                "UPDATE member_entry SET a = a || '" + heavy + "' || b WHERE octet_length(a) > 9");
        sql(folder, "ALTER TABLE log DROP COLUMN traceparent");
        sql(folder, "DELETE FROM migration WHERE number >= 7");
        try (SqliteStorage storage = open(folder)) {
            String json = "{\"text\":\"" + heavy + "\",\"of\":1}";
            commit(storage, chronicle.update("notes", "a", json));
            storage.ledger().begin();
            assertThat(storage.ledger().wholeIndexes("notes")).containsExactly(Index.parse("size"));
            assertThat(storage.ledger().workOnIndexes(99)).isEqualTo(new IndexStep(true, "notes"));
            while (storage.ledger().workOnIndexes(99).mayHaveMore()) {
                assertThat(storage.ledger().wholeIndexes("notes")).isNotEmpty();
            }
            assertThat(storage.ledger().wholeIndexes("notes")).hasSize(2);
            storage.ledger().commit();
            ListQuery byText = ListQuery.of("notes").with(Filter.ALL, Sort.parse("-text"));
            ListPage page = storage.read(snapshot -> snapshot.list(byText.upTo(3, 1_000_000)));
            assertThat(page.resources()).extracting(Resource::id).containsExactly("c", "b", "a");
        }
        assertThat(entries("octet_length(a) > 256")).isZero();
    }

    private long entries(String which) {
        try (Session session = DatabaseFile.in(folder).openReader()) {
            return session.number("SELECT count(*) FROM member_entry WHERE " + which);
        }
    }

    /** Makes the store what it was before 0004. */
    private void takeBackEntries() {
        sql(folder, "DROP TABLE member_entry");
        sql(folder, "DROP TABLE declared_index");
        sql(
                folder,
                "CREATE TABLE member_index (key INTEGER PRIMARY KEY, collection INTEGER NOT NULL,"
                        + " members TEXT NOT NULL, UNIQUE (collection, members)) STRICT");
        sql(folder, "ALTER TABLE log DROP COLUMN cut");
        sql(folder, "ALTER TABLE log DROP COLUMN traceparent");
        sql(folder, "DROP TABLE door");
        sql(folder, "DELETE FROM migration WHERE number >= 4");
    }

    @Test
    void what_has_run_does_not_run_again() {
        open(folder).close();
        open(folder).close();
    }

    private StorageException refusal() {
        return failure(Kind.UNAVAILABLE, () -> open(folder).close());
    }

    private static Path scripts() throws URISyntaxException {
        var url = Objects.requireNonNull(Migrations.class.getResource("migrations"));
        return Path.of(url.toURI());
    }
}
