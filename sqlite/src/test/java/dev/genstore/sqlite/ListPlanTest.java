package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;
import dev.genstore.resource.StrictJson;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.ListQuery.Bounds;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** That lists over 50,000 resources use indexes, and say what they looked at. */
class ListPlanTest {
    private static final int COUNT = 50_000;
    private static final Bounds PAGE = new Bounds(100, Long.MAX_VALUE, 20_000, 30_000);

    @TempDir
    static Path folder;

    private static SqliteStorage storage;

    @BeforeAll
    static void fill() {
        storage = SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT);
        var chronicle = new Chronicle();
        storage.ledger().begin();
        for (int i = 0; i < COUNT; i++) {
            storage.ledger()
                    .append(chronicle.create(
                            "notes",
                            "%05d".formatted(i * 7919 % COUNT),
                            "{\"status\":\"%s\",\"size\":%d,\"owner\":%d}"
                                    .formatted(i % 10 == 0 ? "open" : "closed", i % 5_000, i % 7)));
        }
        storage.ledger()
                .indexes(
                        "notes",
                        Set.of(Index.parse("status,size"), Index.parse("owner")),
                        Set.of());
        storage.ledger().commit();
    }

    @AfterAll
    static void close() {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"size", "-size", "status,size", "-status,-size", "size,id", "-size,-id"})
    void a_filter_and_an_order_in_one_index_look_at_a_page(String sort) {
        ListQuery query = query(equal("status", "\"open\""), sort);
        assertThat(page(query).scanned()).isEqualTo(101);
        assertThat(page(query.after(page(query).next())).scanned()).isEqualTo(101);
        assertPlan(query, "status,size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status,size", "-status,-size"})
    void an_order_in_an_index_needs_no_filter(String sort) {
        ListQuery query = query(Filter.ALL, sort);
        assertThat(page(query).scanned()).isEqualTo(101);
        assertPlan(query, "status,size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "owner", "-owner"})
    void a_filter_in_an_index_keeps_the_order_of_ids(String sort) {
        ListQuery query = query(equal("owner", "3"), sort);
        assertThat(page(query).scanned()).isEqualTo(101);
        assertPlan(query, "owner");
    }

    @Test
    void one_of_some_values_is_merged() {
        Filter some = Filter.of(new Term.Or(List.of(
                equal("owner", "3").term(),
                equal("owner", "5").term(),
                equal("owner", "\"5\"").term())));
        ListPage page = page(query(some, "id"));
        assertThat(page.scanned()).isEqualTo(202);
        assertThat(page.resources())
                .hasSize(100)
                .isSortedAccordingTo((left, right) -> left.id().compareTo(right.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_revision", "-_revision", "id", "-id"})
    void revisions_and_ids_have_an_index_already(String sort) {
        assertThat(page(query(Filter.ALL, sort)).scanned()).isEqualTo(101);
        assertPlan(query(Filter.ALL, sort), "");
    }

    @Test
    void a_bound_on_the_member_that_is_sorted_by_cuts_the_index() {
        Filter late = equal("status", "\"open\"")
                .and(Filter.of(new Term.Comparison(
                        Term.Relation.GREATER, Term.Member.of("size"), constant("4000"))));
        ListPage page = page(query(late, "size"));
        assertThat(page.scanned()).isEqualTo(111);
        assertThat(page.resources()).hasSize(100);
    }

    @Test
    void what_an_index_finds_is_sorted_when_it_is_little() {
        Filter few = equal("status", "\"open\"").and(equal("size", "40"));
        ListPage page = page(query(few, "owner"));
        assertThat(page.resources()).hasSize(10);
        assertThat(page.scanned()).isEqualTo(5_000);
    }

    @Test
    void a_filter_without_an_index_tries_each_up_to_the_bound() {
        ListPage first = page(query(equal("size", "4999"), "id"));
        assertThat(first.scanned()).isEqualTo(20_000);
        assertThat(first.next()).isEqualTo(Place.ofId("19999"));
        assertThat(first.resources()).hasSizeLessThan(10);
        ListPage last = page(query(equal("size", "4999"), "id").after(Place.ofId("39999")));
        assertThat(last.scanned()).isEqualTo(10_000);
        assertThat(last.next()).isNull();
    }

    @Test
    void an_order_without_an_index_is_refused_in_a_large_collection() {
        assertThatThrownBy(() -> page(query(equal("none", "1"), "size")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("50000 resources")
                .hasMessageContaining("index on size");
    }

    @Test
    void an_order_without_an_index_reads_all_of_a_smaller_one() {
        ListQuery query =
                query(Filter.ALL, "size").within(new Bounds(100, Long.MAX_VALUE, 20_000, COUNT));
        ListPage page = page(query);
        assertThat(page.scanned()).isEqualTo(COUNT);
        assertThat(page.resources()).hasSize(100);
        assertThat(page(query.after(page.next())).resources())
                .extracting(Resource::id)
                .doesNotContainAnyElementsOf(
                        page.resources().stream().map(Resource::id).toList());
    }

    /** SQL knows nothing of sums, so each candidate is tried. */
    @Test
    void of_what_is_sorted_so_many_are_tried_for_a_page_and_the_next_one_goes_on() {
        var sum = new Term.Arithmetic(Term.Operation.ADD, Term.Member.of("size"), constant("1"));
        Filter last = Filter.of(new Term.Comparison(Term.Relation.GREATER, sum, constant("4990")));
        ListQuery query = query(last, "size").within(new Bounds(60, Long.MAX_VALUE, COUNT, COUNT));
        List<Resource> found = new ArrayList<>();
        int empty = 0;
        ListPage page = page(query);
        while (page.next() != null) {
            empty += page.resources().isEmpty() ? 1 : 0;
            found.addAll(page.resources());
            page = page(query.after(page.next()));
        }
        found.addAll(page.resources());
        assertThat(empty).as("pages of 10,000 of which none is found").isEqualTo(4);
        assertThat(found).extracting(Resource::id).hasSize(100).doesNotHaveDuplicates();
    }

    /** From the start and from any place, it searches this index and sorts nothing. */
    private static void assertPlan(ListQuery query, String index) {
        Place place = page(query).next();
        try (Session session = DatabaseFile.in(folder).openReader()) {
            List<MemberIndex> indexes = new ArrayList<>(MemberIndex.of(1, session));
            indexes.add(MemberIndex.BY_ID);
            indexes.add(MemberIndex.BY_REVISION);
            Walk walk = new ListPlan(query).walks(indexes).getFirst();
            if (!index.isEmpty()) {
                List<String> columns = Index.parse(index).members().stream()
                        .map(MemberSql::require)
                        .toList();
                assertThat(walk.index().columns()).isEqualTo(columns);
            }
            assertSearches(session, walk, query);
            assertSearches(session, walk, query.after(place));
        }
    }

    private static void assertSearches(Session session, Walk walk, ListQuery query) {
        Map<String, SortValue> fixed = walk.fixed();
        List<Stretch> stretches =
                Stretches.behind(query.sort(), query.after(), fixed, walk.index());
        for (Stretch stretch : stretches) {
            SqlCondition select = walk.select(1, query.sort(), stretch);
            List<String> plan = session.list(
                    "EXPLAIN QUERY PLAN " + select.sql(),
                    row -> row.getString(4),
                    select.values().toArray());
            boolean isSought = query.after() != null || !fixed.isEmpty();
            assertThat(plan.getFirst())
                    .as(select.sql())
                    .contains(
                            walk.index().number() == 0
                                    ? "USING INDEX " + walk.index().name()
                                    : "SEARCH member_entry USING PRIMARY KEY (number=?")
                    .contains(isSought ? "SEARCH" : "");
            assertThat(plan.stream().skip(1))
                    .as(select.sql())
                    .allMatch(step -> step.contains("SEARCH resource USING INTEGER PRIMARY KEY"));
        }
    }

    private static ListQuery query(Filter filter, String sort) {
        return ListQuery.of("notes").with(filter, Sort.parse(sort)).within(PAGE);
    }

    private static ListPage page(ListQuery query) {
        return storage.read(snapshot -> snapshot.list(query));
    }

    private static Filter equal(String member, String json) {
        return Filter.of(
                new Term.Comparison(Term.Relation.EQUAL, Term.Member.of(member), constant(json)));
    }

    private static Term.Constant constant(String json) {
        return new Term.Constant(StrictJson.tree(json.getBytes(StandardCharsets.UTF_8)));
    }
}
