package dev.genstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.genstore.query.Asker;
import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.Chronicle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.IntNode;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Few rows may cost much, by what is looked for in each: then the time is what counts. */
class DearListsTest {
    private static final int COUNT = 400;

    /** What no two elements of a list are, which takes all steps that a resource may cost. */
    private static final Filter DEAR = Filter.of(anyOf(
            0,
            anyOf(
                    1,
                    new Term.Comparison(
                            Term.Relation.LESS,
                            new Term.Arithmetic(
                                    Term.Operation.ADD, new Term.Variable(0), new Term.Variable(1)),
                            new Term.Variable(0)))));

    private static final ListQuery TRIED =
            ListQuery.of("notes").upTo(10, 1 << 20).with(DEAR, Sort.BY_ID);

    private static final ListQuery HALVES = ListQuery.of("notes")
            .upTo(10, 1 << 20)
            .with(Filter.of(new Term.Or(List.of(half(0), half(1)))).and(DEAR), Sort.BY_ID);

    @TempDir
    Path folder;

    private SqliteStorage storage;

    private static Term anyOf(int level, Term condition) {
        return new Term.Loop(Term.Quantifier.ANY, level, Term.Member.of("a"), condition);
    }

    private static Term half(int which) {
        return new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("half"),
                new Term.Constant(IntNode.valueOf(which)));
    }

    @BeforeEach
    void open() {
        storage = SqliteStorage.open(folder, new SqliteStorage.Options(1, 1, new SecureRandom()));
        var chronicle = new Chronicle();
        String body = IntStream.range(1, 2_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "\"a\":[", "]"));
        storage.ledger().begin();
        for (int i = 0; i < COUNT; i++) {
            storage.ledger()
                    .append(chronicle.create(
                            "notes",
                            "n%05d".formatted(i),
                            "{\"half\":%d,%s}".formatted(i % 2, body)));
        }
        storage.ledger().commit();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void few_rows_that_cost_much_are_tried_in_the_long_lane() {
        assertThat(COUNT).isLessThan(Turn.QUICK_LOOKED_MAX);
        String lane = storage.read(snapshot -> {
            assertThat(snapshot.list(TRIED).resources()).isEmpty();
            return Thread.currentThread().getName();
        });
        assertThat(lane).contains("long");
    }

    @Test
    void who_has_few_rows_looked_through_for_long_pays_for_the_time() {
        assertThat(looked(snapshot -> snapshot.list(TRIED)))
                .isGreaterThan(
                        (Turn.QUICK_MILLIS_MAX - Turn.FREE_MILLIS) * Turn.ROWS_PER_MILLI - 1);
    }

    private long looked(Function<Snapshot, ListPage> reading) {
        var asker = new Asker();
        asker.ask(() -> storage.read(reading));
        return asker.settle();
    }

    @Test
    void a_page_that_takes_too_long_ends_behind_the_row_that_it_has_come_to() throws Exception {
        Resource first = storage.read(
                        snapshot -> snapshot.list(ListQuery.of("notes").upTo(1, 1)))
                .resources()
                .getFirst();
        Turn turn = Turn.slow(new Asker(), 0, Turn.LONG_MILLIS_MAX);
        turn.beginList();
        var page = new Gathering(TRIED, turn, false);
        var place = new Place(List.of(), first.id());
        assertThat(page.offer(first, () -> place)).isFalse();
        assertThat(page.page()).isEqualTo(new ListPage(List.of(), 1, place));
    }

    /** Of each second one, so that the page ends where the walk is that came least far. */
    @Test
    void a_page_of_several_walks_leaves_each_of_them_its_part_of_the_time() {
        storage.ledger().begin();
        storage.ledger().indexes("notes", Set.of(Index.parse("half")), Set.of());
        storage.ledger().commit();
        Turn turn = Turn.slow(new Asker(), 50, Turn.LONG_MILLIS_MAX);
        try (var reader = new Reader(DatabaseFile.in(folder), storage.epoch())) {
            ListPage page = reader.read(turn, snapshot -> snapshot.list(HALVES));
            assertThat(page.next()).extracting(Place::id, STRING).isGreaterThan("n00001");
        }
    }

    @Test
    void what_takes_longer_than_anything_may_is_ended_in_the_middle_of_a_row() {
        Resource heavy = storage.read(
                        snapshot -> snapshot.list(ListQuery.of("notes").upTo(1, 1)))
                .resources()
                .getFirst();
        Turn turn = Turn.slow(new Asker(), 0, 0);
        turn.beginList();
        assertThatThrownBy(() -> DEAR.matches(heavy, turn::goOn)).isInstanceOf(Ended.class);
        assertThatThrownBy(() -> new Asker()
                        .ask(() -> storage.readLong(snapshot -> {
                            throw new Ended();
                        })))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NEEDS_INDEX));
    }

    @Test
    void what_nobody_waits_for_takes_as_long_as_it_does() {
        Turn turn = Turn.slow(null, 0, 0);
        turn.beginList();
        assertThat(turn.hasPage()).isFalse();
        assertThat(turn.isOver()).isFalse();
    }
}
