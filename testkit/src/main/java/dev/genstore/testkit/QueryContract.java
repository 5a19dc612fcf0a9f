package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.StrictJson;
import dev.genstore.store.CollectionState;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.ListQuery.Bounds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@link dev.genstore.store.Snapshot#list} promises of filters and orders: that they mean what
 * {@link Filter} and {@link Sort} say, whatever indexes there are.
 */
public abstract class QueryContract extends StorageContract {
    private static final String NOTES = "notes";
    private static final int RESOURCES = 120;
    private static final int QUERIES = 30;

    @RegisterExtension
    final Seed seed = new Seed();

    @RepeatedTest(6)
    void a_list_has_what_the_filter_lets_through_in_order() {
        var random = seed.random();
        var queries = new RandomQueries(random);
        fill(queries);
        List<Resource> all = state();
        for (int i = 0; i < QUERIES; i++) {
            Set<Index> indexes = i % 6 == 0 ? queries.indexes() : Set.of();
            if (i % 6 == 0) {
                index(indexes);
            }
            ListQuery query = ListQuery.of(NOTES).with(queries.filter(), queries.sort());
            assertThat(ids(walk(query, bounds(random))))
                    .as("query %d: %s", i, query)
                    .isEqualTo(ids(expected(all, query)));
        }
    }

    @RepeatedTest(6)
    void what_stays_where_it_is_comes_once_whatever_is_written_between_pages() {
        var random = seed.random();
        var queries = new RandomQueries(random);
        fill(queries);
        index(queries.indexes());
        Sort sort = queries.sort();
        ListQuery query = ListQuery.of(NOTES).with(Filter.ALL, sort).upTo(7, Long.MAX_VALUE);
        Set<String> moved = new HashSet<>();
        List<String> staying = ids(list(ListQuery.of(NOTES)).resources());
        List<String> told = new ArrayList<>();
        @Nullable Place next = null;
        do {
            ListPage page = list(query.after(next));
            told.addAll(ids(page.resources()));
            next = page.next();
            disturb(random, queries, sort, moved);
        } while (next != null);
        told.removeAll(moved);
        assertThat(told)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        staying.stream().filter(id -> !moved.contains(id)).toList());
    }

    @Test
    void what_has_a_value_that_is_asked_for_twice_is_found_once() {
        commit(chronicle.create(NOTES, "a", "{\"size\":1}"));
        commit(chronicle.create(NOTES, "b", "{\"size\":1.0}"));
        index(Set.of(Index.parse("size")));
        Filter twice = Filter.of(new Term.Or(List.of(size("1"), size("1.0"), size("true"))));
        ListQuery query = ListQuery.of(NOTES).with(twice, Sort.BY_ID);
        assertThat(ids(list(query).resources())).containsExactly("a", "b");
    }

    @Test
    void a_page_ends_at_its_bound_and_says_where_to_go_on() {
        create(NOTES, "a", "b", "c", "d", "e");
        ListQuery query = ListQuery.of(NOTES)
                .with(Filter.of(size("1")), Sort.BY_ID)
                .within(new Bounds(9, Long.MAX_VALUE, 2, 9));
        ListPage page = list(query);
        assertThat(page).isEqualTo(new ListPage(List.of(), 2, Place.ofId("b")));
        page = list(query.after(page.next()));
        assertThat(page).isEqualTo(new ListPage(List.of(), 2, Place.ofId("d")));
        page = list(query.after(page.next()));
        assertThat(page).isEqualTo(new ListPage(List.of(), 1, null));
    }

    @Test
    void a_page_of_which_nothing_is_behind_is_the_last() {
        create(NOTES, "a", "b");
        assertThat(list(ListQuery.of(NOTES).upTo(2, Long.MAX_VALUE)).next()).isNull();
        assertThat(list(ListQuery.of(NOTES).upTo(1, Long.MAX_VALUE)).next())
                .isEqualTo(Place.ofId("a"));
    }

    @Test
    void an_index_makes_its_collection_known() {
        index(Set.of(Index.parse("size")));
        assertThat(collections("", 9)).containsExactly(new CollectionState(NOTES, 0, 0));
        create("tasks", "1");
        create(NOTES, "1");
        assertThat(ids(list(ListQuery.of(NOTES)).resources())).containsExactly("1");
        reopen();
        assertThat(collections("", 9))
                .containsExactly(
                        new CollectionState(NOTES, 1, 2), new CollectionState("tasks", 1, 1));
    }

    @Test
    void indexes_may_be_given_up_again() {
        create(NOTES, "1");
        index(Set.of(Index.parse("size"), Index.parse("of,size")));
        index(Set.of(Index.parse("size")));
        index(Set.of());
        storage.ledger().begin();
        storage.ledger().indexes(NOTES, Set.of(Index.parse("of")), Set.of());
        storage.ledger().recover();
        index(Set.of(Index.parse("of")));
        ListQuery query = ListQuery.of(NOTES).with(Filter.ALL, Sort.parse("of"));
        assertThat(ids(list(query).resources())).containsExactly("1");
    }

    private static Term size(String json) {
        return new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("size"),
                new Term.Constant(StrictJson.tree(json.getBytes(StandardCharsets.UTF_8))));
    }

    /** Few bounds that let a list be read in some pages. */
    private static Bounds bounds(Random random) {
        return new Bounds(
                1 + random.nextInt(40),
                random.nextInt(3) == 0 ? 2_000 : Long.MAX_VALUE,
                20 + random.nextInt(200),
                Integer.MAX_VALUE);
    }

    private void fill(RandomQueries queries) {
        storage.ledger().begin();
        for (int i = 0; i < RESOURCES; i++) {
            String id = Integer.toString(i * 7919 % 1_000, Character.MAX_RADIX);
            storage.ledger().append(chronicle.create(NOTES, id, queries.document()));
        }
        storage.ledger().commit();
        create("others", "1", "2");
    }

    private void index(Set<Index> indexes) {
        storage.ledger().begin();
        storage.ledger().indexes(NOTES, indexes, Set.of());
        storage.ledger().commit();
    }

    private List<Resource> expected(List<Resource> all, ListQuery query) {
        var placed = new TreeMap<Place, Resource>(query.sort().order());
        all.stream()
                .filter(resource -> resource.collection().equals(NOTES))
                .filter(query.filter()::matches)
                .forEach(resource -> placed.put(query.sort().place(resource), resource));
        return List.copyOf(placed.values());
    }

    /** Reads all pages. */
    private List<Resource> walk(ListQuery query, Bounds bounds) {
        List<Resource> told = new ArrayList<>();
        @Nullable Place next = null;
        do {
            ListPage page = list(query.within(bounds).after(next));
            assertThat(page.resources()).hasSizeLessThanOrEqualTo(bounds.countMax());
            told.addAll(page.resources());
            next = page.next();
        } while (next != null);
        return told;
    }

    /** Makes, changes and deletes some; remembers those that are not where they were. */
    private void disturb(Random random, RandomQueries queries, Sort sort, Set<String> moved) {
        for (int i = 0; i < 5; i++) {
            String id = Integer.toString(random.nextInt(1_000), Character.MAX_RADIX);
            Resource before = chronicle.find(NOTES, id);
            boolean isDeleted = before != null && random.nextBoolean();
            Change change = before == null
                    ? chronicle.create(NOTES, id, queries.document())
                    : isDeleted
                            ? chronicle.delete(NOTES, id)
                            : chronicle.update(NOTES, id, queries.document());
            commit(change);
            if (before == null || isDeleted || hasMoved(change, sort)) {
                moved.add(id);
            }
        }
    }

    private static boolean hasMoved(Change change, Sort sort) {
        Resource before = Objects.requireNonNull(change.before());
        Resource after = Objects.requireNonNull(change.after());
        return !sort.place(before).equals(sort.place(after));
    }

    private ListPage list(ListQuery query) {
        return storage.read(snapshot -> snapshot.list(query));
    }
}
