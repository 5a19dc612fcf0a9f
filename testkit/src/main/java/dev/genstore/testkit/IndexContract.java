package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.store.IndexStep;
import dev.genstore.store.ListQuery;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@link dev.genstore.store.Ledger} promises of indexes that are built later: lists mean the same
 * before, meanwhile and behind that.
 */
public abstract class IndexContract extends StorageContract {
    private static final String NOTES = "notes";
    private static final Index SIZE = Index.parse("size");

    @RegisterExtension
    final Seed seed = new Seed();

    @RepeatedTest(8)
    void lists_mean_the_same_while_indexes_are_built_whatever_is_written_meanwhile() {
        var random = seed.random();
        var queries = new RandomQueries(random);
        for (int i = 0; i < 60; i++) {
            write(random, queries);
        }
        Set<Index> wanted = queries.indexes();
        declare(wanted, wanted);
        for (int i = 0; i < 60; i++) {
            write(random, queries);
            IndexStep step = step(1 + random.nextInt(20));
            if (!step.mayHaveMore()) {
                assertThat(unfinished()).isEmpty();
            }
            if (random.nextInt(10) == 0) {
                reopen();
            }
            if (random.nextInt(15) == 0) {
                wanted = queries.indexes();
                declare(wanted, wanted);
            }
            Sort sort = random.nextBoolean() ? queries.sort() : anyOf(wanted, random);
            ListQuery query = ListQuery.of(NOTES).with(queries.filter(), sort);
            assertThat(list(query)).as("round %d", i).isEqualTo(expected(query));
        }
    }

    @Test
    void an_index_of_what_is_there_already_is_built_in_steps() {
        create(NOTES, "a", "b", "c", "d", "e");
        declare(Set.of(SIZE), Set.of(SIZE));
        assertThat(unfinished()).containsExactly(SIZE);
        assertThat(step(2)).isEqualTo(new IndexStep(true, NOTES));
        IndexStep step = step(2);
        while (step.collection() == null) {
            assertThat(unfinished()).containsExactly(SIZE);
            step = step(2);
        }
        assertThat(step).isEqualTo(new IndexStep(true, NOTES));
        assertThat(unfinished()).isEmpty();
        assertThat(step(2)).isEqualTo(IndexStep.NOTHING);
    }

    @Test
    void building_goes_on_behind_a_restart() {
        create(NOTES, "a", "b", "c");
        declare(Set.of(SIZE), Set.of(SIZE));
        step(1);
        reopen();
        assertThat(unfinished()).containsExactly(SIZE);
        finish();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void a_step_that_is_not_committed_is_done_again() {
        create(NOTES, "a", "b", "c");
        declare(Set.of(SIZE), Set.of(SIZE));
        storage.ledger().begin();
        storage.ledger().workOnIndexes(9);
        storage.ledger().recover();
        assertThat(unfinished()).containsExactly(SIZE);
        assertThat(step(9)).isEqualTo(new IndexStep(true, NOTES));
    }

    @Test
    void an_index_that_need_not_wait_is_whole_at_once() {
        create(NOTES, "a", "b", "c");
        declare(Set.of(SIZE), Set.of());
        assertThat(unfinished()).isEmpty();
        assertThat(step(9)).isEqualTo(IndexStep.NOTHING);
    }

    @Test
    void an_index_of_an_empty_collection_is_whole_with_its_first_step() {
        declare(Set.of(SIZE), Set.of(SIZE));
        finish();
        assertThat(unfinished()).isEmpty();
        commit(chronicle.create(NOTES, "a", "{\"size\":1}"));
        ListQuery query = ListQuery.of(NOTES).with(Filter.ALL, Sort.parse("size"));
        assertThat(list(query)).containsExactly("a");
    }

    @Test
    void an_index_that_is_declared_anew_is_built_anew() {
        create(NOTES, "a", "b", "c");
        declare(Set.of(SIZE), Set.of(SIZE));
        step(2);
        declare(Set.of(), Set.of());
        assertThat(unfinished()).isEmpty();
        declare(Set.of(SIZE), Set.of(SIZE));
        commit(chronicle.update(NOTES, "b", "{\"size\":3}"));
        finish();
        ListQuery query = ListQuery.of(NOTES).with(Filter.ALL, Sort.parse("size"));
        assertThat(list(query)).containsExactly("a", "c", "b");
    }

    private void declare(Set<Index> wanted, Set<Index> later) {
        storage.ledger().begin();
        storage.ledger().indexes(NOTES, wanted, later);
        storage.ledger().commit();
    }

    private IndexStep step(int countMax) {
        storage.ledger().begin();
        IndexStep step = storage.ledger().workOnIndexes(countMax);
        storage.ledger().commit();
        return step;
    }

    private void finish() {
        boolean mayHaveMore = true;
        while (mayHaveMore) {
            mayHaveMore = step(2).mayHaveMore();
        }
    }

    private Set<Index> unfinished() {
        storage.ledger().begin();
        Set<Index> unfinished = storage.ledger().unfinishedIndexes(NOTES);
        storage.ledger().commit();
        return unfinished;
    }

    private void write(Random random, RandomQueries queries) {
        String id = Integer.toString(random.nextInt(80));
        if (chronicle.find(NOTES, id) == null) {
            commit(chronicle.create(NOTES, id, queries.document()));
            return;
        }
        Change change = random.nextInt(3) == 0
                ? chronicle.delete(NOTES, id)
                : chronicle.update(NOTES, id, queries.document());
        commit(change);
    }

    private static Sort anyOf(Set<Index> indexes, Random random) {
        return indexes.isEmpty()
                ? Sort.BY_ID
                : Sort.parse(
                        List.copyOf(indexes).get(random.nextInt(indexes.size())).toString());
    }

    /** The ids of all pages. */
    private List<String> list(ListQuery query) {
        List<String> all = new ArrayList<>();
        Place next = null;
        do {
            ListQuery from = query.upTo(17, Long.MAX_VALUE).after(next);
            var page = storage.read(snapshot -> snapshot.list(from));
            all.addAll(ids(page.resources()));
            next = page.next();
        } while (next != null);
        return all;
    }

    private List<String> expected(ListQuery query) {
        var placed = new TreeMap<Place, Resource>(query.sort().order());
        state().stream()
                .filter(query.filter()::matches)
                .forEach(resource -> placed.put(query.sort().place(resource), resource));
        return ids(List.copyOf(placed.values()));
    }
}
