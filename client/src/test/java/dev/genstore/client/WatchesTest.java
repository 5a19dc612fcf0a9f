package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.genstore.testkit.Seed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Watches of a real server, through a network on which everything goes wrong. */
@Timeout(120)
class WatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Site site;
    private static GenstoreClient writer;

    @RegisterExtension
    private final Seed seed = new Seed();

    private final Gate gate = new Gate();
    private final GenstoreClient client =
            client(all -> all.stream().map(gate::before).toList());

    @BeforeAll
    static void start() {
        site = new Site(folder);
        writer = GenstoreClient.of(site.url().toString());
    }

    @AfterAll
    static void stop() {
        writer.close();
        site.close();
    }

    @AfterEach
    void close() {
        site.network().heal();
        client.close();
    }

    private static GenstoreClient client(UnaryOperator<List<Transport>> ladder) {
        return GenstoreClient.builder(site.badUrl())
                .opening(Duration.ofSeconds(5))
                .silence(Duration.ofSeconds(30))
                .better(Duration.ofMillis(100))
                .ladder(ladder)
                .build();
    }

    private static GenstoreClient clientBy(int way) {
        return client(all -> List.of(all.get(way)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void every_change_comes_once_and_in_order_whatever_is_cut(int way) {
        Random random = seed.random();
        String path = "/api/cut" + way;
        String since = writer.list(path, JsonNode.class).position();
        try (GenstoreClient cut = clientBy(way);
                Events<JsonNode> events =
                        cut.watch(path, JsonNode.class).since(since).open();
                Events<JsonNode> whole =
                        writer.watch(path, JsonNode.class).since(since).open()) {
            for (int i = 0; i < 60; i++) {
                writeAnything(random, path);
                spoil(random);
            }
            String last = writer.put(path + "/last", Map.of()).position();
            assertThat(changesUntil(events, last)).isEqualTo(changesUntil(whole, last));
        }
    }

    private static void spoil(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> site.network().cut();
            case 1 -> site.network().cutAfter(random.nextInt(2000));
            case 2 -> site.network().delay(Duration.ofMillis(random.nextInt(10)));
            default -> {}
        }
    }

    private static void writeAnything(Random random, String path) {
        String one = path + "/" + random.nextInt(10);
        Map<String, Object> body = Map.of("n", random.nextInt(1000), "text", "één 😀");
        if (random.nextInt(5) == 0) {
            writer.batch(List.of(Operation.put(one, body), Operation.put(path + "/x", body)));
        } else {
            writer.put(one, body);
        }
    }

    private static List<Event<JsonNode>> changesUntil(Events<JsonNode> events, String last) {
        return until(events, event -> event.id().equals(last)).stream()
                .filter(event -> !(event instanceof Event.Synced<JsonNode>))
                .toList();
    }

    private static <T> List<Event<T>> until(Events<T> events, Predicate<Event<T>> isLast) {
        var all = new ArrayList<Event<T>>();
        while (all.isEmpty() || !isLast.test(all.getLast())) {
            all.add(events.next(PATIENCE).orElseThrow(() -> new AssertionError("behind " + all)));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void what_the_server_will_not_tell_is_a_problem(int way) {
        try (GenstoreClient one = clientBy(way);
                Events<JsonNode> events =
                        one.watch("/api/notes?filter=size >", JsonNode.class).open()) {
            assertThatThrownBy(events::hasNext).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.status()).isEqualTo(400);
                assertThat(problem.type()).isEqualTo("/problems/invalid-filter");
            });
        }
    }

    @Test
    void a_handshake_that_is_refused_lets_the_next_way_ask_why() {
        try (Events<JsonNode> events =
                client.watch("/api/notes?filter=size >", JsonNode.class).open()) {
            assertThatThrownBy(events::hasNext).isInstanceOf(Problem.class);
        }
    }

    @Test
    void it_goes_from_sockets_to_streams_to_polls_and_back_and_keeps_its_place() {
        gate.open = 2;
        int written = 0;
        try (Events<JsonNode> events =
                client.watch("/api/ladder", JsonNode.class).open()) {
            until(events, Event.Synced.class::isInstance);
            for (int way : List.of(2, 1, 0)) {
                gate.open = way;
                do {
                    written++;
                    writer.put("/api/ladder/1", Map.of("n", written));
                    int n = written;
                    List<Event<JsonNode>> told = until(events, event -> n(event) == n);
                    assertThat(told.stream().filter(event -> n(event) > 0)).hasSize(1);
                } while (gate.last != way);
            }
        }
    }

    private static int n(Event<JsonNode> event) {
        return switch (event) {
            case Event.Created<JsonNode>(Change change, JsonNode data) ->
                data.path("n").asInt();
            case Event.Updated<JsonNode>(Change change, JsonNode data) ->
                data.path("n").asInt();
            case Event.Deleted<JsonNode> deleted -> -1;
            case Event.Synced<JsonNode> synced -> -1;
            case Event.Reset<JsonNode> reset -> -1;
        };
    }

    @Test
    void who_takes_no_more_is_not_sent_more_and_then_everything() {
        String path = "/api/slow";
        String since = writer.list(path, JsonNode.class).position();
        String text = "x".repeat(100_000);
        int count = 600;
        long before = site.network().bytesToClients();
        var told = new Told();
        GenstoreClient slow =
                GenstoreClient.builder(site.badUrl()).readAhead(16).build();
        slow.watch(path, JsonNode.class).since(since).subscribe(told.as());
        IntStream.range(0, count)
                .forEach(n -> writer.put(path + "/" + n % 7, Map.of("n", n, "text", text)));
        assertThat(site.network().bytesToClients() - before).isLessThan(40_000_000);
        for (int due = 30; due <= count; due += 30) {
            told.ask(30);
            int asked = due;
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> told.events().size() >= asked);
            assertThat(told.events()).hasSize(asked);
        }
        assertThat(told.ids()).doesNotHaveDuplicates();
        slow.close();
    }

    @Test
    void a_watch_begins_now_or_at_a_position_or_at_the_beginning_or_with_the_state() {
        Stored<Map<String, Object>> one = writer.put("/api/begin/1", Map.of("n", 1));
        Stored<Map<String, Object>> two = writer.put("/api/begin/1", Map.of("n", 2));
        Watch<JsonNode> watch = client.watch("/api/begin", JsonNode.class);
        assertThat(kinds(watch)).containsExactly("Synced");
        assertThat(kinds(watch.since(one.position()))).containsExactly("Updated", "Synced");
        assertThat(kinds(watch.since(two.position()))).containsExactly("Synced");
        assertThat(kinds(watch.since("0"))).containsExactly("Created", "Updated", "Synced");
        assertThat(kinds(watch.since("state"))).containsExactly("Reset", "Created", "Synced");
    }

    private static List<String> kinds(Watch<JsonNode> watch) {
        try (Events<JsonNode> events = watch.open()) {
            return until(events, Event.Synced.class::isInstance).stream()
                    .map(event -> event.getClass().getSimpleName())
                    .toList();
        }
    }

    @Test
    void a_loop_ends_when_it_is_closed_by_another_thread() throws InterruptedException {
        Events<JsonNode> events = client.watch("/api/ended", JsonNode.class).open();
        events.next();
        var hasNext = new AtomicReference<Boolean>();
        Thread loop = Thread.ofVirtual().start(() -> hasNext.set(events.hasNext()));
        events.close();
        assertThat(loop.join(PATIENCE)).isTrue();
        assertThat(hasNext.get()).isFalse();
        assertThat(events.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void closing_the_client_completes_its_watches() {
        var told = new Told();
        client.watch("/api/ended", JsonNode.class).subscribe(told.as());
        told.ask(1);
        await().atMost(PATIENCE).until(() -> !told.events().isEmpty());
        client.close();
        await().atMost(PATIENCE).until(told::isOver);
    }

    @Test
    void a_watch_has_no_thread() {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        var all = new ArrayList<Events<JsonNode>>();
        for (int i = 0; i < 200; i++) {
            all.add(client.watch("/api/many", JsonNode.class).open());
        }
        all.forEach(events -> assertThat(events.next(PATIENCE)).isPresent());
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 50);
        all.forEach(Events::close);
    }

    /** Lets only one way through, and remembers by which something was told last. */
    private static final class Gate {
        private volatile int open;
        private volatile int last = -1;
        private int count;

        Transport before(Transport transport) {
            int way = count;
            count++;
            return (path, refused, ear) -> {
                if (way < open) {
                    ear.ended(null);
                    return new Closed();
                }
                return transport.open(path, refused, new Listening(ear, () -> last = way));
            };
        }
    }

    private record Closed() implements Transport.Connection {
        @Override
        public void more() {}

        @Override
        public void close() {}
    }

    private record Listening(Transport.Ear ear, Runnable heard) implements Transport.Ear {
        @Override
        public void told(List<Message> portion) {
            heard.run();
            ear.told(portion);
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            ear.ended(failure);
        }
    }
}
