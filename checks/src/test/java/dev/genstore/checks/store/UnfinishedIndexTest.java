package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.cel.CelCompiler;
import dev.genstore.query.Filter;
import dev.genstore.query.Index;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.ListQuery;
import dev.genstore.testkit.Chronicle;
import dev.genstore.testkit.Expression;
import dev.genstore.testkit.FilterModel;
import dev.genstore.testkit.InventedFilters;
import dev.genstore.testkit.Seed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What filters mean while the indexes are built by which they could be looked up. */
class UnfinishedIndexTest {
    private static final int NOTES = 60;
    private static final int ROUNDS = 60;
    private static final Set<Index> INDEXES = List.of("a", "b", "a,b", "c.a", "größe").stream()
            .map(Index::parse)
            .collect(Collectors.toUnmodifiableSet());
    private static final List<Sort> ORDERS =
            List.of(Sort.BY_ID, Sort.parse("a"), Sort.parse("-b,a"), Sort.parse("-c.a"));

    @RegisterExtension
    final Seed seed = new Seed();

    private final Chronicle chronicle = new Chronicle();

    /** What is there, as the model knows it. */
    private final Map<String, Stored> stored = new TreeMap<>();

    /** A resource's members, those of the server, too. */
    private record Stored(Map<String, @Nullable Object> members) {}

    @RepeatedTest(4)
    void a_filter_means_the_same_while_an_index_is_built(@TempDir Path folder) {
        Random random = seed.random();
        var invented = new InventedFilters(random);
        try (SqliteStorage storage = SqliteStorage.open(folder, SqliteStorage.Options.DEFAULT)) {
            for (int i = 0; i < NOTES; i++) {
                write(storage, invented, "r" + i);
            }
            storage.ledger().begin();
            storage.ledger().indexes("notes", INDEXES, INDEXES);
            storage.ledger().commit();
            for (int round = 0; round < ROUNDS; round++) {
                work(storage, 1 + random.nextInt(15));
                write(storage, invented, "r" + random.nextInt(NOTES + 10));
                check(storage, invented.filter(), ORDERS.get(random.nextInt(ORDERS.size())));
            }
        }
    }

    private void write(SqliteStorage storage, InventedFilters invented, String id) {
        Map<String, @Nullable Object> members = new HashMap<>(invented.document());
        String json = invented.json(members);
        Change change = stored.containsKey(id)
                ? chronicle.update("notes", id, json)
                : chronicle.create("notes", id, json);
        storage.ledger().begin();
        storage.ledger().append(change);
        storage.ledger().commit();
        members.put("id", id);
        members.put("_revision", (double) change.revision());
        stored.put(id, new Stored(members));
    }

    private static void work(SqliteStorage storage, int countMax) {
        storage.ledger().begin();
        storage.ledger().workOnIndexes(countMax);
        storage.ledger().commit();
    }

    private void check(SqliteStorage storage, Expression filter, Sort sort) {
        Set<String> meant = stored.entrySet().stream()
                .filter(each -> isMeant(filter, each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            Filter compiled = new CelCompiler().compile(filter.text());
            assertThat(listed(storage, ListQuery.of("notes").with(compiled, sort)))
                    .as("%s by %s of %s", filter.text(), sort, stored)
                    .isEqualTo(meant);
        } catch (Problem refused) {
            assertThat(refused.type().status()).as(filter.text()).isEqualTo(400);
        }
    }

    private static boolean isMeant(Expression filter, Stored stored) {
        return FilterModel.outcomeOf(filter.meaning(), stored.members()).equals("true");
    }

    private static Set<String> listed(SqliteStorage storage, ListQuery query) {
        Set<String> all = new TreeSet<>();
        Place next = null;
        do {
            ListQuery from = query.upTo(17, Long.MAX_VALUE).after(next);
            var page = storage.read(snapshot -> snapshot.list(from));
            page.resources().stream().map(Resource::id).forEach(id -> {
                assertThat(all.add(id)).as("%s comes once", id).isTrue();
            });
            next = page.next();
        } while (next != null);
        return all;
    }
}
