package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Filter;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Which filters a change is tried with. */
class FilteredTopicsTest {
    private static final Target NOTES = new Target.InCollection("notes");

    private final StoredLog stored = new StoredLog();
    private final WatchIndex index = new WatchIndex(new RankingMemory(1 << 20));

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 100_000})
    void a_change_is_tried_with_those_who_watch_its_owners_however_many_there_are(int count) {
        var watches = new OwnerWatches(count);
        assertThat(watches.tried(stored.put("notes", "1", "{\"owner\":\"7\"}"))).isEqualTo(1);
        assertThat(watches.tried(stored.put("notes", "1", "{\"owner\":\"7\",\"n\":1}")))
                .isEqualTo(1);
        assertThat(watches.tried(stored.put("notes", "1", "{\"owner\":\"8\"}"))).isEqualTo(2);
        assertThat(watches.tried(stored.put("notes", "1", "{\"owner\":\"nobody\"}")))
                .isEqualTo(1);
        assertThat(watches.tried(stored.put("tasks", "1", "{\"owner\":\"8\"}"))).isZero();
        assertThat(watches.tried(stored.delete("notes", "1"))).isZero();
    }

    @Test
    void of_several_members_the_one_that_tells_them_apart_is_looked_up() {
        for (int i = 0; i < 1_000; i++) {
            add(Conditions.is("status", "\"open\""), Conditions.is("owner", "\"" + i + "\""));
        }
        assertThat(tried("{\"status\":\"open\",\"owner\":\"500\"}")).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1        | 1.0     | true",
                "1        | 1e0     | true",
                "100      | 1E2     | true",
                "0        | -0.0    | true",
                "1        | \"1\"   | false",
                "1        | true    | false",
                "null     | null    | true",
                "null     | \"\"    | false",
                "\"\u00fc\"    | \"\u00fc\"   | true",
                "\"a\"    | \"A\"   | false",
                "true     | true    | true",
                "true     | [true]  | false",
                "null     | {}      | false"
            })
    void values_are_found_where_they_say_the_same(String demanded, String given, boolean found) {
        add(Conditions.is("v", demanded));
        assertThat(tried("{\"v\":" + given + "}")).hasSize(found ? 1 : 0);
    }

    @Test
    void what_is_not_there_is_null() {
        add(Conditions.is("v", "null"));
        assertThat(tried("{}")).hasSize(1);
        assertThat(tried("{\"v\":0}")).hasSize(1); // it was null before
        assertThat(tried("{\"v\":1}")).isEmpty();
    }

    @Test
    void one_that_takes_several_values_is_tried_once() {
        add(new Term.Or(List.of(Conditions.is("v", "1"), Conditions.is("v", "2"))));
        tried("{\"v\":1}");
        assertThat(tried("{\"v\":2}")).hasSize(1);
        assertThat(tried("{\"v\":3}")).hasSize(1);
        assertThat(tried("{\"v\":4}")).isEmpty();
    }

    @Test
    void those_that_demand_no_value_are_all_tried() {
        for (int i = 0; i < 10; i++) {
            add(Conditions.above("v", "" + i));
        }
        assertThat(tried("{\"v\":1}")).hasSize(10);
    }

    @Test
    void those_that_go_leave_nothing_behind_and_the_others_are_found() {
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            topics.add(add(Conditions.is("v", "" + i % 7), Conditions.above("w", "" + i)));
            topics.add(add(Conditions.above("w", "" + i)));
        }
        var random = new Random(1);
        while (!topics.isEmpty()) {
            index.remove(topics.remove(random.nextInt(topics.size())));
            Change change = stored.put("notes", "1", "{\"v\":3,\"w\":200}");
            assertThat(seenBy(index.candidates(new Transition(change)), change))
                    .containsExactlyInAnyOrderElementsOf(seenBy(topics, change));
        }
        assertThat(index.size()).isZero();
        assertThat(index.all()).isEmpty();
        assertThat(index.hasFilters(stored.put("notes", "1", "{}"))).isFalse();
    }

    /** Whatever the filters are, those that see a change are among those that are tried. */
    @Test
    void whoever_sees_a_change_is_tried_and_nobody_twice() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<Topic> topics = IntStream.range(0, 300)
                .mapToObj(i -> index.topic(Conditions.selection(NOTES, Conditions.any(random))))
                .distinct()
                .toList();
        for (int i = 0; i < 500; i++) {
            String id = "" + random.nextInt(5);
            Change change = stored.put("notes", id, Conditions.state(random));
            List<Topic> tried = index.candidates(new Transition(change));
            assertThat(tried).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(seenBy(tried, change))
                    .as("seed %d, %s", seed, change)
                    .containsExactlyInAnyOrderElementsOf(seenBy(topics, change));
        }
    }

    private static List<Topic> seenBy(List<Topic> topics, Change change) {
        var transition = new Transition(change);
        return topics.stream()
                .filter(topic -> transition.seenThrough(topic.target(), topic.filter()) != null)
                .toList();
    }

    private Topic add(Term... terms) {
        return index.topic(Conditions.selection(NOTES, Conditions.all(terms)));
    }

    private List<Filter> tried(String json) {
        Change change = stored.put("notes", "1", json);
        return index.candidates(new Transition(change)).stream()
                .map(Topic::filter)
                .toList();
    }
}
