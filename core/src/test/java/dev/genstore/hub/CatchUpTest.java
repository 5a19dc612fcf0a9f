package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.Position;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class CatchUpTest {
    private static final Target NOTES = new Target.InCollection("notes");
    private static final Target TASKS = new Target.InCollection("tasks");
    private static final Term FALSE = new Term.Comparison(
            Term.Relation.EQUAL,
            Term.Member.of("a"),
            new Term.Constant(StringNode.valueOf("never")));
    private static final Watch FULL = new Watch(NOTES, DataMode.FULL);
    private static final Watch PATCH = new Watch(NOTES, DataMode.PATCH);
    private static final int PLENTY = 1 << 20;

    private final StoredLog stored = new StoredLog();
    private final Changelog changelog =
            new Changelog(stored, new Changelog.Memory(1, Integer.MAX_VALUE));
    private final CatchUp catchUp = new CatchUp(changelog, InstantSource.fixed(Instant.EPOCH));

    @Test
    void from_now_on_begins_at_the_head() {
        put("1", 1);
        assertThat(catchUp.begin(new Start.Now())).isEqualTo(new Progress.Log(1, 1, 0));
    }

    @Test
    void a_position_of_this_history_is_taken_with_and_without_its_epoch() {
        put("1", 1);
        assertThat(since("e1", 1)).isEqualTo(new Progress.Log(1, 1, 0));
        assertThat(since(null, 0)).isEqualTo(new Progress.Log(0, 0, 0));
    }

    @Test
    void a_position_that_is_not_of_this_history_is_lost() {
        put("1", 1);
        assertThat(since("e2", 1)).isEqualTo(new Progress.Lost(ResetReason.OTHER_EPOCH));
        assertThat(since("e1", 2)).isEqualTo(new Progress.Lost(ResetReason.AHEAD));
        assertThat(since(null, 2)).isEqualTo(new Progress.Lost(ResetReason.AHEAD));
    }

    @Test
    void who_begins_anew_is_told_why() {
        put("1", 1);
        assertThat(catchUp.begin(new Start.Anew(new Position("e1", 1))))
                .isEqualTo(new Progress.Lost(ResetReason.RULES_CHANGED));
        assertThat(catchUp.begin(new Start.Anew(new Position("e2", 1))))
                .isEqualTo(new Progress.Lost(ResetReason.OTHER_EPOCH));
        Page page = catchUp.next(FULL, new Progress.Lost(ResetReason.RULES_CHANGED), PLENTY);
        assertThat(new String(page.events().getFirst().json(), StandardCharsets.UTF_8))
                .contains("{\"reason\":\"rules-changed\"}");
        assertThat(page.progress()).isEqualTo(new Progress.State(0, 0, 1));
    }

    @Test
    void at_the_head_there_is_nothing_and_it_says_so() {
        put("1", 1);
        Page page = catchUp.next(FULL, since("e1", 1), PLENTY);
        assertThat(page.events()).isEmpty();
        assertThat(page.atHead()).isTrue();
        assertThat(page.progress()).isEqualTo(new Progress.Log(1, 1, 0));
    }

    @Test
    void pages_have_one_event_at_least_and_together_all_of_them() {
        for (int i = 0; i < 5; i++) {
            put("n" + i, 1);
            tell(stored.put("tasks", "t" + i, "{}"));
        }
        assertThat(Lines.brief(everything(FULL, since("e1", 0), 1)))
                .containsExactly(
                        "created 1 behind 0",
                        "created 3 behind 1",
                        "created 5 behind 3",
                        "created 7 behind 5",
                        "created 9 behind 7");
        assertThat(everything(FULL, since("e1", 0), 700)).hasSize(5);
    }

    @Test
    void what_is_not_watched_brings_the_position_on_without_an_event() {
        put("1", 1);
        for (int i = 0; i < 5; i++) {
            tell(stored.put("tasks", "t" + i, "{}"));
        }
        Page page = catchUp.next(FULL, since("e1", 1), PLENTY);
        assertThat(page.events()).isEmpty();
        assertThat(page.progress()).isEqualTo(new Progress.Log(6, 1, 0));
    }

    @Test
    void what_retention_has_taken_is_reset_and_what_was_read_before_it_is_told() {
        put("1", 1);
        put("2", 1);
        put("3", 1);
        stored.trim(1);
        assertThat(Lines.brief(everything(FULL, since("e1", 0), PLENTY)))
                .containsExactly(
                        "reset 0",
                        "created 1 behind 0",
                        "created 2 behind 1",
                        "created 3 behind 2");
        assertThat(Lines.brief(everything(FULL, since("e1", 1), PLENTY)))
                .containsExactly("created 2 behind 1", "created 3 behind 2");
    }

    @Test
    void what_is_cut_is_a_reset_for_who_watches_it_and_nothing_for_others() {
        put("1", 1);
        tell(stored.put("tasks", "t", "{}"));
        put("1", 2);
        put("2", 1);
        stored.cut(1);
        assertThat(Lines.brief(everything(FULL, since("e1", 0), PLENTY)))
                .containsExactly("reset 0", "created 3 behind 0", "created 4 behind 3");
        assertThat(Lines.brief(everything(FULL, since("e1", 1), PLENTY)))
                .containsExactly("updated 3 behind 1", "created 4 behind 3");
        assertThat(Lines.brief(everything(of(TASKS), since("e1", 0), PLENTY)))
                .containsExactly("created 2 behind 0");
        assertThat(Lines.brief(everything(of(new Target.Everything()), since("e1", 0), PLENTY)))
                .startsWith("reset 0");
        assertThat(Lines.brief(everything(of(single("1")), since("e1", 0), PLENTY)))
                .startsWith("reset 0");
        assertThat(Lines.brief(everything(of(single("2")), since("e1", 0), PLENTY)))
                .containsExactly("created 4 behind 0");
    }

    @Test
    void what_was_read_before_something_that_is_cut_is_told_and_then_comes_the_reset() {
        put("1", 1);
        put("2", 1);
        tell(stored.put("tasks", "t", "{}"));
        stored.cut(2);
        assertThat(Lines.brief(everything(FULL, since("e1", 0), PLENTY)))
                .containsExactly(
                        "created 1 behind 0",
                        "reset 0",
                        "created 1 behind 0",
                        "created 2 behind 1");
    }

    @Test
    void what_is_cut_resets_whatever_the_filter_as_nobody_knows_whether_it_matched() {
        put("1", 1);
        tell(stored.put("tasks", "t", "{}"));
        stored.cut(1);
        var one = new Selection(NOTES, Filter.of(FALSE), Fields.ALL);
        assertThat(Lines.brief(everything(new Watch(one, DataMode.FULL), since("e1", 0), PLENTY)))
                .containsExactly("reset 0");
    }

    @Test
    void what_is_cut_where_one_may_see_nothing_is_no_reset() {
        put("1", 1);
        tell(stored.put("tasks", "t", "{}"));
        stored.cut(1);
        Filter tasks = Filter.of(new Term.ByCollection(Map.of("tasks", Filter.ALL.term())));
        var seen = new Selection(new Target.Everything(), tasks, Fields.ALL);
        assertThat(Lines.brief(everything(new Watch(seen, DataMode.FULL), since("e1", 0), PLENTY)))
                .containsExactly("created 2 behind 0");
    }

    @Test
    void the_end_of_a_batch_is_told_even_if_that_change_is_cut() {
        stored.batch("notes/1", "tasks/t").forEach(this::tell);
        put("2", 1);
        stored.cut(2);
        assertThat(Lines.brief(everything(FULL, since("e1", 0), PLENTY)))
                .containsExactly("created 1 behind 0", "synced 2", "created 3 behind 2");
    }

    @Test
    void since_a_time_before_what_is_cut_is_a_reset() {
        put("1", 1);
        put("2", 1);
        tell(stored.put("tasks", "t", "{}"));
        stored.cut(2);
        assertThat(Lines.brief(everything(FULL, new Progress.Searching(millis(1)), PLENTY)))
                .startsWith("reset 0");
        assertThat(Lines.brief(everything(FULL, new Progress.Searching(millis(2)), PLENTY)))
                .isEmpty();
        assertThat(Lines.brief(everything(of(TASKS), new Progress.Searching(millis(0)), PLENTY)))
                .containsExactly("created 3 behind 0");
    }

    private static Watch of(Target target) {
        return new Watch(target, DataMode.FULL);
    }

    private static Target single(String id) {
        return new Target.Single("notes", id);
    }

    @Test
    void a_reset_says_why() {
        for (ResetReason reason : ResetReason.values()) {
            Page page = catchUp.next(FULL, new Progress.Lost(reason), PLENTY);
            assertThat(Lines.read(page.events().getFirst())
                            .get("data")
                            .get("reason")
                            .stringValue())
                    .isEqualTo(reason.text());
        }
    }

    @Test
    void the_state_behind_a_reset_comes_in_order_of_revision_however_small_the_pages() {
        put("b", 1);
        put("a", 1);
        tell(stored.put("tasks", "t", "{}"));
        put("b", 2);
        put("c", 1);
        tell(stored.delete("notes", "c"));
        for (int bytesMax : new int[] {1, 300, PLENTY}) {
            assertThat(Lines.brief(everything(FULL, lost(), bytesMax)))
                    .containsExactly("reset 0", "created 2 behind 0", "created 4 behind 2");
        }
    }

    @Test
    void an_empty_state_is_a_reset_and_no_more() {
        tell(stored.put("tasks", "t", "{}"));
        assertThat(Lines.brief(everything(FULL, lost(), 1))).containsExactly("reset 0");
    }

    @Test
    void what_moves_while_the_state_is_told_comes_behind_it_from_the_log_and_whole() {
        put("1", 1);
        put("2", 1);
        put("3", 1);
        Progress progress = catchUp.next(PATCH, lost(), 1).progress();
        Page first = catchUp.next(PATCH, progress, 1);
        assertThat(brief(first)).containsExactly("created 1 behind 0");
        put("2", 2);
        List<JsonNode> rest = everything(PATCH, first.progress(), 1);
        assertThat(Lines.brief(rest)).containsExactly("created 3 behind 1", "updated 4 behind 3");
        assertThat(rest.getLast().has("patch")).isFalse();
        assertThat(rest.getLast().get("data").get("id").stringValue()).isEqualTo("2");
    }

    @Test
    void what_changes_when_the_state_is_told_is_a_patch() {
        put("1", 1);
        Progress progress = progress(PATCH, lost());
        put("1", 2);
        List<JsonNode> rest = everything(PATCH, progress, 1);
        assertThat(Lines.brief(rest)).containsExactly("updated 2 behind 1");
        assertThat(rest.getLast().has("patch")).isTrue();
    }

    @Test
    void the_state_ends_where_the_log_takes_over_even_if_more_is_durable() {
        put("1", 1);
        Page reset = catchUp.next(FULL, lost(), PLENTY);
        Change unpublished = stored.put("notes", "2", "{}");
        Page state = catchUp.next(FULL, reset.progress(), PLENTY);
        assertThat(brief(state)).containsExactly("created 1 behind 0");
        Page end = catchUp.next(FULL, state.progress(), PLENTY);
        assertThat(end.progress()).isEqualTo(new Progress.Log(1, 1, 2));
        assertThat(everything(FULL, end.progress(), PLENTY)).isEmpty();
        tell(unpublished);
        assertThat(Lines.brief(everything(FULL, end.progress(), PLENTY)))
                .containsExactly("created 2 behind 1");
    }

    @Test
    void a_state_that_retention_overtakes_is_reset_again() {
        put("1", 1);
        put("2", 1);
        Progress progress = progress(FULL, lost());
        put("1", 2);
        put("1", 3);
        stored.trim(3);
        assertThat(Lines.brief(everything(FULL, progress, PLENTY)))
                .containsExactly("reset 0", "created 2 behind 0", "created 4 behind 2");
    }

    @Test
    void since_a_time_comes_what_was_made_after_it() {
        put("1", 1);
        put("2", 1);
        put("3", 1);
        for (int made = 0; made <= 3; made++) {
            for (long millis : new long[] {millis(made), millis(made) + 999}) {
                assertThat(everything(FULL, sinceTime(millis), PLENTY)).hasSize(3 - made);
            }
        }
        assertThat(everything(FULL, sinceTime(Long.MAX_VALUE), PLENTY)).isEmpty();
        assertThat(Lines.brief(everything(FULL, sinceTime(millis(1)), PLENTY)))
                .containsExactly("created 2 behind 1", "created 3 behind 2");
    }

    @Test
    void since_a_time_before_what_retention_has_taken_is_a_reset() {
        put("1", 1);
        put("2", 1);
        put("3", 1);
        stored.trim(2);
        assertThat(Lines.brief(everything(FULL, sinceTime(millis(3) - 1), PLENTY)))
                .startsWith("reset 0")
                .hasSize(4);
        assertThat(everything(FULL, sinceTime(millis(3)), PLENTY)).isEmpty();
    }

    @Test
    void since_a_time_that_has_not_come_is_from_now_on_even_if_more_is_durable() {
        put("1", 1);
        Change unpublished = stored.put("notes", "2", "{}");
        Page found = catchUp.next(FULL, sinceTime(Long.MAX_VALUE), PLENTY);
        assertThat(found.progress()).isEqualTo(new Progress.Log(1, 1, 0));
        tell(unpublished);
        assertThat(Lines.brief(everything(FULL, found.progress(), PLENTY)))
                .containsExactly("created 2 behind 1");
    }

    private Progress sinceTime(long millis) {
        return catchUp.begin(new Start.AfterTime(millis));
    }

    /** When the change of this revision was made. */
    private static long millis(long revision) {
        return StoredLog.START_MILLIS + 1_000 * revision;
    }

    private static Progress lost() {
        return new Progress.Lost(ResetReason.AHEAD);
    }

    private Progress since(@Nullable String epoch, long revision) {
        return catchUp.begin(new Start.After(new Position(epoch, revision)));
    }

    private void put(String id, int value) {
        tell(stored.put("notes", id, "{\"n\":" + value + "}"));
    }

    private void tell(Change change) {
        changelog.committed(List.of(change));
    }

    private List<JsonNode> everything(Watch watch, Progress from, int bytesMax) {
        List<JsonNode> events = new ArrayList<>();
        Page page = catchUp.next(watch, from, bytesMax);
        page.events().forEach(event -> events.add(Lines.read(event)));
        while (!page.atHead()) {
            page = catchUp.next(watch, page.progress(), bytesMax);
            page.events().forEach(event -> events.add(Lines.read(event)));
        }
        return events;
    }

    private Progress progress(Watch watch, Progress from) {
        Page page = catchUp.next(watch, from, PLENTY);
        while (!page.atHead()) {
            page = catchUp.next(watch, page.progress(), PLENTY);
        }
        return page.progress();
    }

    private static List<String> brief(Page page) {
        return Lines.brief(page.events().stream().map(Lines::read).toList());
    }
}
