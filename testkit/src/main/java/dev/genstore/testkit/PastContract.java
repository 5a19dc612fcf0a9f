package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.ListQuery.Bounds;
import dev.genstore.store.Past;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@link Past} promises: it shows what was there, as far back as the log reaches.
 */
public abstract class PastContract extends StorageContract {
    private static final List<String> COLLECTIONS = List.of("notes", "tasks");
    private static final List<String> IDS =
            List.of("1", "2", "3", "B", "a", "b", "c", "d", "~", "a.b", "x", "y");
    private static final int COMMITS = 60;
    private static final int QUERIES = 40;

    @RegisterExtension
    final Seed seed = new Seed();

    /** What was there behind each revision. */
    private final List<Chronicle> states = new ArrayList<>(List.of(new Chronicle()));

    @RepeatedTest(8)
    void every_resource_is_found_as_it_was() {
        var random = seed.random();
        makeHistory(random, new RandomQueries(random));
        for (long revision = horizon(); revision <= head(); revision++) {
            assertThat(all(revision)).as("revision %d", revision).isEqualTo(all(states.get((int)
                    revision)));
        }
    }

    @RepeatedTest(8)
    void every_list_is_as_it_was_whatever_is_written_between_its_pages() {
        var random = seed.random();
        var queries = new RandomQueries(random);
        makeHistory(random, queries);
        for (int i = 0; i < QUERIES; i++) {
            long then = random.nextLong(horizon(), head() + 1);
            ListQuery query = ListQuery.of(COLLECTIONS.get(random.nextInt(2)))
                    .with(queries.filter(), queries.sort());
            assertThat(walk(random, queries, query, then))
                    .as("query %d at %d: %s", i, then, query)
                    .isEqualTo(expected(query, states.get((int) then)));
        }
    }

    @Test
    void the_state_of_the_head_is_the_present_one_and_that_of_0_is_empty() {
        create("notes", "1", "2");
        commit(chronicle.delete("notes", "1"));
        assertThat(find(3, "1")).isNull();
        assertThat(find(3, "2")).isEqualTo(chronicle.find("notes", "2"));
        assertThat(list(3)).containsExactly("2");
        assertThat(list(2)).containsExactly("1", "2");
        assertThat(list(0)).isEmpty();
        assertThat(find(0, "2")).isNull();
    }

    @Test
    void what_was_deleted_and_made_again_is_found_in_each_of_its_lives() {
        Change first = chronicle.create("notes", "1", "{\"life\":1}");
        Change end = chronicle.delete("notes", "1");
        Change second = chronicle.create("notes", "1", "{\"life\":2}");
        commit(first, end, second, chronicle.delete("notes", "1"));
        create("notes", "1");
        assertThat(find(1, "1")).isEqualTo(first.after());
        assertThat(find(2, "1")).isNull();
        assertThat(find(3, "1")).isEqualTo(second.after());
        assertThat(find(4, "1")).isNull();
        assertThat(find(5, "1")).isEqualTo(chronicle.find("notes", "1"));
    }

    @Test
    void states_from_the_horizon_to_the_head_can_be_had() {
        create("notes", "1", "2", "3");
        trim(2);
        assertThat(list(2)).containsExactly("1", "2");
        assertThat(list(3)).containsExactly("1", "2", "3");
        assertThatThrownBy(() -> list(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list(4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_more_changes_are_taken_back_than_the_bounds_allow() {
        Change created = chronicle.create("notes", "1", "{}");
        Change updated = chronicle.update("notes", "1", "{\"a\":1}");
        Change again = chronicle.update("notes", "1", "{\"a\":2}");
        commit(created, updated, again);
        create("tasks", "1", "2", "3");
        long weight = (long) updated.weightBytes() + again.weightBytes();
        assertThat(find(1, new Past.Bounds(2, weight))).isEqualTo(created.after());
        assertTooFarBack(() -> find(1, new Past.Bounds(1, weight)));
        assertTooFarBack(() -> find(1, new Past.Bounds(2, weight - 1)));
        assertThat(list(1, new Past.Bounds(5, updated.weightBytes()))).containsExactly("1");
        assertTooFarBack(() -> list(1, new Past.Bounds(4, Long.MAX_VALUE)));
        assertTooFarBack(() -> list(1, new Past.Bounds(5, updated.weightBytes() - 1)));
    }

    @Test
    void the_revision_at_a_time_is_that_of_the_last_change_made_by_then() {
        List<Long> times = new ArrayList<>();
        Random random = seed.random();
        for (int i = 1; i <= 40; i++) {
            Change change = chronicle.create("notes", "" + i, "{}");
            times.add((i == 1 ? 1_000 : times.getLast()) + random.nextInt(3));
            commit(new Change(i, times.getLast(), null, change.after(), null));
        }
        for (long horizon : new long[] {0, 1, 7, 39, 40}) {
            trim(horizon);
            for (long time = 998; time < times.getLast() + 3; time++) {
                assertThat(revisionAt(time))
                        .as("time %d, horizon %d", time, horizon)
                        .isEqualTo(revisionAt(times, horizon, time));
            }
        }
    }

    @Test
    void in_a_new_store_nothing_had_been_made_at_any_time() {
        assertThat(revisionAt(Long.MIN_VALUE)).hasValue(0);
        assertThat(revisionAt(Long.MAX_VALUE)).hasValue(0);
    }

    private OptionalLong revisionAt(long time) {
        return storage.read(snapshot -> snapshot.revisionAt(time));
    }

    /** One that looks at each. */
    private static OptionalLong revisionAt(List<Long> times, long horizon, long time) {
        long made = times.stream().filter(each -> each <= time).count();
        boolean isKnown = made > horizon || horizon == 0 || made == times.size();
        return isKnown ? OptionalLong.of(made) : OptionalLong.empty();
    }

    private static void assertTooFarBack(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_FAR_BACK));
    }

    private void makeHistory(Random random, RandomQueries queries) {
        for (int i = 0; i < COMMITS; i++) {
            int size = 1 + random.nextInt(4);
            storage.ledger().begin();
            for (int change = 0; change < size; change++) {
                storage.ledger().append(change(random, queries));
                states.add(chronicle.copy());
            }
            storage.ledger()
                    .indexes("notes", i % 10 == 0 ? queries.indexes() : Set.<Index>of(), Set.of());
            storage.ledger().commit();
            if (random.nextInt(12) == 0) {
                trim(head() - random.nextInt(60));
            }
        }
    }

    private Change change(Random random, RandomQueries queries) {
        String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
        String id = IDS.get(random.nextInt(IDS.size()));
        if (chronicle.find(collection, id) == null) {
            return chronicle.create(collection, id, queries.document());
        }
        return random.nextInt(3) == 0
                ? chronicle.delete(collection, id)
                : chronicle.update(collection, id, queries.document());
    }

    private List<@Nullable Resource> all(long revision) {
        return storage.read(snapshot -> all(snapshot.past(revision, Past.Bounds.NONE)));
    }

    private static List<@Nullable Resource> all(Past past) {
        List<@Nullable Resource> all = new ArrayList<>();
        COLLECTIONS.forEach(name -> IDS.forEach(id -> all.add(past.find(name, id))));
        return all;
    }

    private static List<@Nullable Resource> all(Chronicle state) {
        List<@Nullable Resource> all = new ArrayList<>();
        COLLECTIONS.forEach(name -> IDS.forEach(id -> all.add(state.find(name, id))));
        return all;
    }

    private static List<Resource> expected(ListQuery query, Chronicle state) {
        var placed = new TreeMap<Place, Resource>(query.sort().order());
        for (String id : IDS) {
            Resource resource = state.find(query.collection(), id);
            if (resource != null && query.filter().matches(resource)) {
                placed.put(query.sort().place(resource), resource);
            }
        }
        return List.copyOf(placed.values());
    }

    /** Reads all pages, and writes between them. */
    private List<Resource> walk(
            Random random, RandomQueries queries, ListQuery query, long revision) {
        Bounds bounds = new Bounds(
                1 + random.nextInt(6),
                random.nextInt(3) == 0 ? 400 : Long.MAX_VALUE,
                2 + random.nextInt(30),
                Integer.MAX_VALUE);
        List<Resource> told = new ArrayList<>();
        @Nullable Place next = null;
        do {
            ListQuery page = query.within(bounds).after(next);
            ListPage found = storage.read(
                    snapshot -> snapshot.past(revision, Past.Bounds.NONE).list(page));
            assertThat(found.resources()).hasSizeLessThanOrEqualTo(bounds.countMax());
            told.addAll(found.resources());
            next = found.next();
            commit(change(random, queries));
            states.add(chronicle.copy());
        } while (next != null);
        return told;
    }

    private @Nullable Resource find(long revision, String id) {
        return storage.read(
                snapshot -> snapshot.past(revision, Past.Bounds.NONE).find("notes", id));
    }

    private @Nullable Resource find(long revision, Past.Bounds bounds) {
        return storage.read(snapshot -> snapshot.past(revision, bounds).find("notes", "1"));
    }

    private List<String> list(long revision) {
        return list(revision, Past.Bounds.NONE);
    }

    private List<String> list(long revision, Past.Bounds bounds) {
        return ids(storage.read(snapshot ->
                snapshot.past(revision, bounds).list(ListQuery.of("notes")).resources()));
    }
}
