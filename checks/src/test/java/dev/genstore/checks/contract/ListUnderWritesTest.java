package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.cel.CelCompiler;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.query.Filter;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Problem;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Precondition;
import dev.genstore.store.Write;
import dev.genstore.testkit.InventedFilters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who reads a list page by page while others write gets, with each page, what the list was at the page's
 * revision from the place on where the page before ended. So nothing that stays where it is comes twice
 * or is left out. Filters, orders, writes, and indexes that come and go are random; {@code
 * -Dgenstore.seed=} brings them back, but not when which thread ran.
 */
class ListUnderWritesTest {
    private static final int WRITERS = 3;
    private static final int IDS_OF_EACH = 16;
    private static final int READERS = 3;
    private static final int WALKS_OF_EACH = 8;
    private static final List<String> ORDERS = List.of(
            "id",
            "-id",
            "a",
            "-b,a",
            "c.a,-d",
            "-größe,id",
            "_revision",
            "-_updated",
            "b,-_revision");
    private static final List<String> INDEXES = List.of("a", "b", "b,a", "c.a", "d,a", "größe");
    private static final String COLLECTION = "notes";

    @AutoClose
    private final TestServer server = TestServer.start();

    private final RestClient client = new RestClient(server.port());
    private final CelCompiler compiler = new CelCompiler();
    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** What the writers were answered, by revision: what has really happened. */
    private final ConcurrentSkipListMap<Long, Change> truth = new ConcurrentSkipListMap<>();

    /** Writes to resources of its own. Confined to one thread. */
    private final class Editor {
        private final String name;
        private final Random random;
        private final InventedFilters invented;
        private final Map<String, Map<String, @Nullable Object>> documents = new HashMap<>();
        private int writes;

        Editor(int number, long seed) {
            this.name = "w" + number + "-";
            this.random = new Random(seed);
            this.invented = new InventedFilters(random);
        }

        Editor fill() {
            for (int i = 0; i < IDS_OF_EACH; i++) {
                replace(name + i);
            }
            return this;
        }

        int writeOn() {
            while (!isOver.get()) {
                String id = name + random.nextInt(IDS_OF_EACH);
                if (random.nextInt(4) == 0 && documents.remove(id) != null) {
                    write(id, new Edit.Delete());
                } else {
                    replace(id);
                }
            }
            return writes;
        }

        /** Some stay where they are in most orders. */
        private void replace(String id) {
            Map<String, @Nullable Object> before = documents.get(id);
            Map<String, @Nullable Object> members =
                    before == null || random.nextBoolean() ? invented.document() : before;
            members.put("n", (double) writes);
            documents.put(id, members);
            byte[] json = invented.json(members).getBytes(StandardCharsets.UTF_8);
            write(id, new Edit.Replace(Draft.read(json).members()));
        }

        private void write(String id, Edit edit) {
            writes++;
            Outcome outcome = server.store()
                    .resources()
                    .write(new Write(COLLECTION, id, edit, Precondition.NONE, null));
            if (outcome instanceof Outcome.Changed(Change change)) {
                truth.put(change.revision(), change);
            }
        }
    }

    /** Reads lists, whose indexes it lets come and go. Confined to one thread. */
    private final class Reader {
        private final Random random;
        private final InventedFilters invented;

        Reader(long seed) {
            this.random = new Random(seed);
            this.invented = new InventedFilters(random);
        }

        List<ListWalk> read() {
            List<ListWalk> walks = new ArrayList<>();
            while (walks.size() < WALKS_OF_EACH) {
                walks.add(walk());
                reindex(random);
            }
            return walks;
        }

        private ListWalk walk() {
            String order = ORDERS.get(random.nextInt(ORDERS.size()));
            String target = "/api/" + COLLECTION + "?limit=" + (1 + random.nextInt(6)) + "&sort="
                    + encoded(order);
            String filter = random.nextInt(4) == 0 ? "true" : filter();
            return ListWalk.along(
                    client,
                    target + "&filter=" + encoded(filter),
                    compiler.compile(filter),
                    Sort.parse(order));
        }

        /** One that lets enough through for some pages. */
        private String filter() {
            String text = invented.filter().text();
            while (!isFit(text)) {
                text = invented.filter().text();
            }
            return text;
        }

        private boolean isFit(String text) {
            try {
                Filter filter = compiler.compile(text);
                long matching = truth.values().stream()
                        .limit(WRITERS * IDS_OF_EACH)
                        .filter(change -> change.after() != null && filter.matches(change.after()))
                        .count();
                return matching >= IDS_OF_EACH / 2;
            } catch (Problem refused) {
                return false;
            }
        }
    }

    @RepeatedTest(2)
    void each_page_is_one_state_behind_the_place_where_the_page_before_ended() throws Exception {
        List<Editor> editors = new ArrayList<>();
        while (editors.size() < WRITERS) {
            editors.add(new Editor(editors.size(), random.nextLong()).fill());
        }
        List<ListWalk> walks = walksBeside(editors);
        try {
            walks.forEach(walk -> walk.check(truth));
        } catch (AssertionError failure) {
            throw new AssertionError("seed " + seed, failure);
        }
        assertThat(walks).as("seed %s", seed).anyMatch(ListWalk::wasDisturbed);
    }

    private List<ListWalk> walksBeside(List<Editor> editors) throws Exception {
        List<Future<Integer>> writing = new ArrayList<>();
        editors.forEach(editor -> writing.add(Beside.start(editor::writeOn)));
        List<Future<List<ListWalk>>> reading = new ArrayList<>();
        while (reading.size() < READERS) {
            reading.add(Beside.start(new Reader(random.nextLong())::read));
        }
        try {
            List<ListWalk> walks = new ArrayList<>();
            for (Future<List<ListWalk>> reader : reading) {
                walks.addAll(reader.get());
            }
            return walks;
        } finally {
            isOver.set(true);
            for (Future<Integer> writer : writing) {
                writer.get();
            }
        }
    }

    private void reindex(Random chance) {
        List<String> wanted = INDEXES.stream()
                .filter(any -> chance.nextInt(3) == 0)
                .map(index -> '"' + index + '"')
                .toList();
        client.put(
                "/api/_collections/" + COLLECTION,
                "{\"indexes\":[" + String.join(",", wanted) + "]}");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
