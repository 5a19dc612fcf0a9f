package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * One schedule: a world, and in it a live view and a watch that asks for events as it likes. In it
 * are random writes, batches, cuts, silence, duplicates, holes, blocked transports, a log that is
 * cut off, a server that comes back from a backup. After each step what is shown is held against
 * what the store was at that position. Confined to one thread.
 */
final class Schedule {
    private static final int STEPS = 60;
    private static final int READ_AHEAD = 6;

    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
    private static final HttpClient UNUSED = HttpClient.newHttpClient();

    private final Random random;
    private final ManualTime time = new ManualTime();
    private final ModelHistory.View view;
    private final ModelWorld world;
    private final Reader reader = new Reader();
    private final GenstoreClient client;
    private final Live<JsonNode> live;
    private @Nullable Throwable failure;
    private @Nullable Position last;
    private int shown;
    private boolean isClosing;

    Schedule(long seed) {
        random = new Random(seed);
        view = pick(List.of(ModelHistory.View.values()));
        world = new ModelWorld(random, time, view);
        write();
        write();
        client = GenstoreClient.builder(URI.create("http://store.example"))
                .http(UNUSED)
                .executor(time)
                .timer(time)
                .random(new Random(seed))
                .readAhead(READ_AHEAD)
                .ladder(all -> List.copyOf(world.ways))
                .build();
        live = client.live(view.path(), JsonNode.class);
        live.onChange(() -> note(this::check));
        client.watch(view.path(), JsonNode.class).since("state").subscribe(reader);
    }

    /** How many states were held against the model. */
    int shown() {
        return shown;
    }

    void run() {
        boolean isWild = random.nextInt(10) == 0;
        for (int i = 0; i < STEPS; i++) {
            step(isWild && random.nextInt(5) == 0 ? 100 + random.nextInt(2) : random.nextInt(28));
            time.settle();
            raise();
        }
        calm();
        raise();
    }

    private void step(int choice) {
        switch (choice) {
            case 0, 1, 2, 3, 4 -> write();
            case 5, 6 -> batch();
            case 7, 8, 9, 10, 11, 12, 13 -> with(ModelWorld.Open::tell);
            case 14, 15 -> time.advance(Duration.ofMillis(random.nextInt(3000)));
            case 16 -> time.advance(Duration.ofMillis(random.nextInt(60_000)));
            case 17 -> with(ModelWorld.Open::cut);
            case 18 -> with(ModelWorld.Open::forget);
            case 19 -> with(ModelWorld.Open::repeat);
            case 20 -> with(ModelWorld.Open::beat);
            case 21 -> with(ModelWorld.Open::lose);
            case 22, 23 -> block();
            case 100 -> forgetLog();
            case 101 -> world.restore();
            default -> reader.ask(1 + random.nextInt(4));
        }
    }

    private void with(Consumer<ModelWorld.Open> deed) {
        ModelWorld.Open open = world.pick();
        if (open != null) {
            deed.accept(open);
        }
    }

    private void write() {
        write(1);
    }

    private void batch() {
        write(2 + random.nextInt(3));
    }

    private void write(int count) {
        var ids = new ArrayList<String>();
        var notes = new ArrayList<@Nullable ObjectNode>();
        for (int i = 0; i < count; i++) {
            ids.add(IDS.get(random.nextInt(IDS.size())));
            ObjectNode note = JsonMapper.shared()
                    .createObjectNode()
                    .put("n", random.nextInt(5))
                    .put("status", random.nextBoolean() ? "open" : "shut");
            notes.add(random.nextInt(4) == 0 ? null : note);
        }
        world.history().commit(ids, notes);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Some of the transports do not work for a while. */
    private void block() {
        for (ModelWorld.Way way : world.ways) {
            List<ModelWorld.Mode> modes = List.of(ModelWorld.Mode.values());
            way.mode = random.nextBoolean() ? ModelWorld.Mode.OK : pick(modes);
        }
    }

    private void forgetLog() {
        ModelHistory history = world.history();
        history.forgetUpTo(
                history.horizon() + random.nextInt(history.head() - history.horizon() + 1));
    }

    /** A failure of a check must not come to the client, which would take it for one of its own. */
    private void note(Runnable check) {
        try {
            check.run();
        } catch (Throwable wrong) {
            failure = failure == null ? wrong : failure;
        }
    }

    private void raise() {
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    /** What is shown is what was at that position, and never less than before. */
    private void check() {
        Live.State<JsonNode> state = live.state();
        assertThat(state.failure().isPresent()).as("it has ended").isEqualTo(isClosing);
        if (!state.isSynced()) {
            return;
        }
        Position at = Position.of(state.position().orElseThrow());
        assertThat(isInside(at)).as("%s is inside of a batch", at).isFalse();
        assertThat(values(state)).as("at %s", at).isEqualTo(expected(at));
        boolean isBack =
                last != null && last.epoch().equals(at.epoch()) && last.halves() > at.halves();
        assertThat(isBack).as("%s comes behind %s", at, last).isFalse();
        last = at;
        shown++;
    }

    private boolean isInside(Position at) {
        return at.halves() % 2 == 1 || history(at).isInside((int) (at.halves() / 2));
    }

    private ModelHistory history(Position at) {
        return Objects.requireNonNull(world.histories.get(at.epoch()));
    }

    private List<JsonNode> expected(Position at) {
        return sorted(history(at).view(view, (int) (at.halves() / 2)));
    }

    private static List<JsonNode> values(Live.State<JsonNode> state) {
        return state.items().values().stream().map(Stored::value).toList();
    }

    private static List<JsonNode> sorted(Iterable<JsonNode> notes) {
        var byId = new TreeMap<String, JsonNode>();
        notes.forEach(note -> byId.put(note.path("id").asString(), note));
        return List.copyOf(byId.values());
    }

    /** When everything works again, all comes to an end, by the best transport. */
    private void calm() {
        world.heal();
        reader.ask(Long.MAX_VALUE);
        for (int i = 0; i < 400 && !isCalm(); i++) {
            time.advance(Duration.ofSeconds(10));
            for (ModelWorld.Open open : List.copyOf(world.connections)) {
                tellAll(open);
            }
        }
        raise();
        assertThat(isCalm())
                .as("it comes to rest: %s, %s", live.state(), reader.at)
                .isTrue();
        isClosing = true;
        client.close();
        time.settle();
        assertThat(world.connections).isEmpty();
        assertThat(time.planned()).isEmpty();
        assertThat(reader.isOver).as("the watch is told of the end").isTrue();
    }

    private void tellAll(ModelWorld.Open open) {
        while (open.tell()) {
            time.settle();
        }
        time.settle();
        open.beat();
        time.settle();
    }

    private boolean isCalm() {
        String head = world.history().position(world.history().head());
        return live.state().isConnected()
                && head.equals(live.state().position().orElse(""))
                && head.equals(reader.at)
                && world.connections.size() == 2
                && world.connections.stream().allMatch(open -> open.way == world.ways.getFirst());
    }

    /** Reads events into a state of its own, as a program does that has no live view. */
    private final class Reader implements Flow.Subscriber<Event<JsonNode>> {
        private final TreeMap<String, JsonNode> copy = new TreeMap<>();
        private Flow.@Nullable Subscription subscription;
        private String at = "";
        private long asked;
        private boolean isOver;

        void ask(long count) {
            asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
            if (subscription != null) {
                subscription.request(count);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
        }

        @Override
        public void onNext(Event<JsonNode> event) {
            asked--;
            note(() -> check(event));
        }

        /** Ids only rise, and the events make the state that a synced speaks of. */
        private void check(Event<JsonNode> event) {
            assertThat(asked).as("more than was asked for").isNotNegative();
            switch (event) {
                case Event.Reset<JsonNode> reset -> copy.clear();
                case Event.Synced<JsonNode> synced ->
                    assertThat(sorted(copy.values()))
                            .as("the watch at %s", synced.id())
                            .isEqualTo(expected(Position.of(synced.id())));
                case Event.Created<JsonNode>(Change change, JsonNode data) -> put(change, data);
                case Event.Updated<JsonNode>(Change change, JsonNode data) -> put(change, data);
                case Event.Deleted<JsonNode>(Change change) -> {
                    rises(change);
                    copy.remove(change.subject());
                }
            }
            at = event.id();
        }

        private void put(Change change, JsonNode data) {
            rises(change);
            copy.put(change.subject(), data);
        }

        private void rises(Change change) {
            Position now = Position.of(change.id());
            Position before = Position.of(at);
            assertThat(now.epoch()).isEqualTo(before.epoch());
            assertThat(now.halves()).as("%s behind %s", now, before).isGreaterThan(before.halves());
        }

        @Override
        public void onError(Throwable why) {
            failure = why;
        }

        @Override
        public void onComplete() {
            isOver = true;
        }
    }
}
