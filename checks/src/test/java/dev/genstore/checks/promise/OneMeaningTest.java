package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.cel.CelCompiler;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;
import dev.genstore.testkit.Expression;
import dev.genstore.testkit.InventedFilters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A filter means the same wherever it is taken: in lists, where SQL does what it can, of now and of
 * then; on a resource in memory; in what is told live and from the log, by any transport; and in a model that knows nothing of
 * all these. Filters, documents and indexes are random; {@code -Dgenstore.seed=} brings a run back.
 */
class OneMeaningTest {
    private static final int FILTERS = 24;
    private static final int WRITES = 60;
    private static final List<String> INDEXES = List.of("a", "b", "a,b", "c.a", "d,a", "größe");
    private static final List<String> MEMBERS = List.of("a", "b", "d", "e_1");
    private static final List<FollowBy> WAYS = List.of(FollowBy.values());
    private static final AtomicInteger COLLECTIONS = new AtomicInteger();
    private static TestServer server;
    private static RestClient client;

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final InventedFilters invented = new InventedFilters(random);
    private final CelCompiler compiler = new CelCompiler();
    private final String collection = "c" + COLLECTIONS.incrementAndGet();
    private final String url = "/api/" + collection;
    private final List<FilteredView> views = new ArrayList<>();

    /** What is there now, as it was written. */
    private final Map<String, Stored> stored = new TreeMap<>();

    private int writes;

    /** A resource, and its members for the model: those of the server, too. */
    record Stored(Resource resource, Map<String, @Nullable Object> members) {}

    @BeforeAll
    static void start() {
        server = TestServer.start();
        client = new RestClient(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @RepeatedTest(4)
    void a_filter_means_the_same_wherever_it_is_taken() {
        List<String> indexes =
                INDEXES.stream().filter(any -> random.nextBoolean()).toList();
        client.put("/api/_collections/" + collection, "{\"indexes\":" + texts(indexes) + "}");
        while (views.size() < FILTERS) {
            watch(invented.filter());
        }
        try {
            for (int i = 0; i < WRITES; i++) {
                write();
                if (i == WRITES / 2) {
                    views.forEach(view -> view.remember(stored));
                }
            }
            for (int i = 0; i < FILTERS; i++) {
                checkEquality();
            }
            views.forEach(view -> view.check(stored));
        } catch (AssertionError failure) {
            throw new AssertionError("seed " + seed + ", indexes " + indexes, failure);
        } finally {
            views.forEach(FilteredView::close);
        }
    }

    /** A parameter that is a member has no type, so it means whatever it reads like. */
    private void checkEquality() {
        String member = MEMBERS.get(random.nextInt(MEMBERS.size()));
        List<Stored> all = List.copyOf(stored.values());
        String text = text(all.get(random.nextInt(all.size())).members().get(member));
        List<String> meant = stored.entrySet().stream()
                .filter(each -> isMeant(text, each.getValue().members().get(member)))
                .map(Map.Entry::getKey)
                .toList();
        String target = url + "?" + member + "=" + FilteredView.encoded(text);
        assertThat(client.items(target).stream().map(item -> item.get("id").stringValue()))
                .as("%s of %s", target, stored)
                .containsExactlyElementsOf(meant);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case String text when text.indexOf('\0') < 0 -> text;
            case Double number
            when number == Math.rint(number) && number < 100 -> Long.toString(number.longValue());
            case Boolean is -> is.toString();
            case null, default -> "none";
        };
    }

    private static boolean isMeant(String text, @Nullable Object value) {
        return text.equals(value)
                || (value instanceof Boolean is && text.equals(is.toString()))
                || (value instanceof Double number
                        && text.matches("-?[0-9]{1,2}")
                        && number == Double.parseDouble(text));
    }

    private static String texts(List<String> texts) {
        return texts.isEmpty() ? "[]" : "[\"" + String.join("\",\"", texts) + "\"]";
    }

    /** Unless it is refused, as what could never be evaluated is. */
    private void watch(Expression filter) {
        try {
            var compiled = compiler.compile(filter.text());
            FollowBy way = WAYS.get(random.nextInt(WAYS.size()));
            views.add(new FilteredView(server, url, filter, compiled, way));
        } catch (Problem refused) {
            // The next one may do.
        }
    }

    private void write() {
        String id = "r" + random.nextInt(20);
        Stored before = stored.get(id);
        if (before != null && random.nextInt(4) == 0) {
            Answer answer = client.delete(url + "/" + id);
            stored.remove(id);
            tell(id, Told.revision(RestClient.position(answer)), before, null);
        } else {
            Stored after = put(id);
            stored.put(id, after);
            tell(id, after.resource().revision(), before, after);
        }
    }

    /** No two writes are the same, as one that changes nothing would be told to nobody. */
    private Stored put(String id) {
        Map<String, @Nullable Object> members = new HashMap<>(invented.document());
        members.put("n", (double) ++writes);
        String json = invented.json(members);
        JsonNode shown = client.put(url + "/" + id, json).json();
        members.put("id", id);
        members.put("_revision", shown.get("_revision").doubleValue());
        var resource = new Resource(
                collection,
                id,
                shown.get("_revision").longValue(),
                millis(shown.get("_created")),
                millis(shown.get("_updated")),
                Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
        return new Stored(resource, members);
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.stringValue()).toEpochMilli();
    }

    private void tell(String id, long revision, @Nullable Stored before, @Nullable Stored after) {
        views.forEach(view -> view.changed(id, revision, before, after));
    }
}
