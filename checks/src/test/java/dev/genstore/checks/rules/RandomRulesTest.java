package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Random rules, people and writes: lists, single resources, earlier states, what is told live and what
 * is told of the past all show to each of the people what the rule says in plain Java, and no event has
 * anything else.
 */
class RandomRulesTest {
    private static final int ROUNDS = 40;

    /** So many events are never needed to know what is there. */
    private static final int READS_MAX = 2_000;

    private static final List<String> PEOPLE = List.of("ann", "bob", "eve");

    private final long seed = Long.getLong("genstore.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** All resources, as they are, by their ids. */
    private final Map<String, JsonNode> notes = new TreeMap<>();

    /** The same at some positions. */
    private final Map<String, List<JsonNode>> past = new TreeMap<>();

    private RandomRule rule = RandomRule.ALL.getFirst();

    /** The rules that there were, by the revisions behind which they held. */
    private final NavigableMap<Long, RandomRule> rules = new TreeMap<>();

    @TempDir
    private Path folder;

    private RuledServer server;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everybody_is_shown_and_told_what_he_may_read_and_nothing_else() {
        List<Person> people = PEOPLE.stream().map(Person::new).toList();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                change(round);
                people.forEach(Person::check);
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ", rules " + expressions(), failure);
        } finally {
            people.forEach(Person::leave);
        }
    }

    private Map<Long, String> expressions() {
        var expressions = new TreeMap<Long, String>();
        rules.forEach((since, each) -> expressions.put(since, each.expression()));
        return expressions;
    }

    private void change(int round) {
        if (round % 4 == 0) {
            rule = RandomRule.ALL.get(random.nextInt(RandomRule.ALL.size()));
            String text = rule.expression().replace("\"", "\\\"");
            rules.put(server.rule("notes", "{\"read\":\"" + text + "\"}"), rule);
        }
        int writes = 1 + random.nextInt(8);
        for (int i = 0; i < writes; i++) {
            write("n" + random.nextInt(12));
        }
        Answer all = server.get("root", "/api/notes");
        notes.clear();
        all.json().path("items").forEach(note -> notes.put(note.path("id").asString(), note));
        past.put(all.json().path("position").asString(), List.copyOf(notes.values()));
    }

    private void write(String id) {
        if (random.nextInt(4) == 0) {
            server.send("root", "DELETE", "/api/notes/" + id, "");
        } else {
            server.put("/api/notes/" + id, note());
        }
    }

    private String note() {
        String owner = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String tag = PEOPLE.get(random.nextInt(PEOPLE.size()));
        return "{\"owner\":\"" + owner + "\",\"team\":\"" + (random.nextBoolean() ? "red" : "green")
                + "\",\"level\":" + random.nextInt(5) + ",\"open\":" + random.nextBoolean()
                + ",\"tags\":[\"" + tag + "\"]}";
    }

    /** One who looks at all that there is, and follows it. */
    private final class Person {
        private final String name;
        private final List<Fan> fans;

        Person(String name) {
            this.name = name;
            this.fans = List.of(
                    new Fan(name, "/api/notes", note -> true),
                    new Fan(
                            name,
                            "/api/notes?level=2",
                            note -> note.path("level").asInt() == 2),
                    new Fan(name, "/api", note -> true));
        }

        private List<JsonNode> seen(Iterable<JsonNode> all) {
            var seen = new ArrayList<JsonNode>();
            all.forEach(note -> {
                if (rule.lets().test(name, note)) {
                    seen.add(note);
                }
            });
            return seen;
        }

        void check() {
            List<JsonNode> seen = seen(notes.values());
            Answer list = server.get(name, "/api/notes");
            if (list.status() == 403) {
                assertThat(seen).isEmpty();
            } else {
                assertThat(items(list)).isEqualTo(seen);
            }
            notes.forEach((id, note) -> assertThat(
                            server.get(name, "/api/notes/" + id).status())
                    .isEqualTo(seen.contains(note) ? 200 : 404));
            checkPast();
            checkCatchUp(seen, list.status());
            fans.forEach(fan -> fan.catchUp(seen));
        }

        private static List<JsonNode> items(Answer list) {
            return list.json().path("items").valueStream().toList();
        }

        private void checkPast() {
            List<String> positions = List.copyOf(past.keySet());
            String then = positions.get(random.nextInt(positions.size()));
            Answer list = server.get(name, "/api/notes?at=" + then);
            if (list.status() == 200) {
                assertThat(items(list)).isEqualTo(seen(past.getOrDefault(then, List.of())));
            }
        }

        private void checkCatchUp(List<JsonNode> seen, int status) {
            if (status == 403) {
                return;
            }
            var replica = new Notes();
            try (Follower follower =
                    server.follow(Fan.anyWay(random), name, "/api/notes?since=0")) {
                for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                    replica.take(told);
                }
            }
            assertThat(replica.all()).isEqualTo(seen);
        }

        void leave() {
            fans.forEach(Fan::close);
        }
    }

    /** One who follows a URL and knows of it what he was told. */
    private final class Fan implements AutoCloseable {
        private final String name;
        private final String target;
        private final Predicate<JsonNode> asked;
        private final Notes replica = new Notes();
        private String position = "0";
        private @Nullable Follower follower;

        Fan(String name, String target, Predicate<JsonNode> asked) {
            this.name = name;
            this.target = target;
            this.asked = asked;
        }

        static FollowBy anyWay(Random random) {
            FollowBy[] ways = FollowBy.values();
            return ways[random.nextInt(ways.length)];
        }

        /** Reads until he has what he may see, and breaks off now and then. */
        void catchUp(List<JsonNode> seen) {
            List<JsonNode> expected = seen.stream().filter(asked).toList();
            for (int reads = 0; !replica.all().equals(expected); reads++) {
                assertThat(reads).as("%s knows %s", target, replica.all()).isLessThan(READS_MAX);
                try {
                    read();
                } catch (Follower.Refused refused) {
                    assertThat(refused.answer().status()).isEqualTo(403);
                    assertThat(expected).isEmpty();
                    replica.clear();
                    leave();
                } catch (Follower.Ended ended) {
                    leave();
                }
            }
        }

        private void read() {
            Follower present = follower;
            if (present == null) {
                present = server.resume(anyWay(random), name, target, position);
                follower = present;
            }
            Told told = present.next();
            position = told.id();
            replica.take(told);
            assertThat(mayBeTold(told)).as("%s was told %s", name, told).isTrue();
            if (random.nextInt(10) == 0) {
                leave();
            }
        }

        /** It was told by the rule of its time or a later one, perhaps long before it is read. */
        private boolean mayBeTold(Told told) {
            return !told.data().has("owner")
                    || rules
                            .tailMap(Objects.requireNonNull(rules.floorKey(told.revision())))
                            .values()
                            .stream()
                            .anyMatch(each -> each.lets().test(name, told.data()));
        }

        private void leave() {
            if (follower != null) {
                follower.close();
                follower = null;
            }
        }

        @Override
        public void close() {
            leave();
        }
    }
}
