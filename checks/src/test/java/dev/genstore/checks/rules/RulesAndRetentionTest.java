package dev.genstore.checks.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Random rules and writes in a collection whose old changes are cut meanwhile. Who comes back from
 * anywhere, by whatever way, has what the rule lets him see when he is told that he has everything;
 * what he is told of on the way, and what he is shown of the past, he may see; and of what he may not
 * see he learns no more than of what never was, neither by a {@code reset} nor by a refusal.
 */
class RulesAndRetentionTest {
    private static final int ROUNDS = 30;
    /** What is kept in memory is told from there, also when it is cut. */
    private static final Changelog.Memory TWO_CHANGES = new Changelog.Memory(2, 1 << 20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Comparator<JsonNode> BY_LEVEL = Comparator.comparingInt(
                    (JsonNode note) -> -note.path("level").asInt())
            .thenComparing(note -> note.path("id").asString());

    private final long seed = Long.getLong("genstore.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    /** Makes a watch one that nobody had before, so that no page of it was read before the last cut. */
    private int freshWatches;

    private RuledServer server;
    private NotesModel model;

    @BeforeEach
    void start() {
        server = RuledServer.start(folder, builder -> builder.memory(TWO_CHANGES));
        model = new NotesModel(server, random);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_is_cut_is_missed_by_nobody_unawares_and_tells_nobody_what_he_may_not_read() {
        List<Person> people = NotesModel.PEOPLE.stream().map(Person::new).toList();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                change(round);
                people.forEach(Person::check);
            } catch (AssertionError | RuntimeException failure) {
                String where = "seed " + seed + ", round " + round + ", " + model.expression();
                throw new AssertionError(where, failure);
            }
        }
    }

    /** Writes, and now and then waits until what may be cut is. */
    private void change(int round) {
        boolean isOfAge = round % 10 == 5;
        int kept = isOfAge ? 0 : random.nextInt(6) + 1;
        if (round % 3 == 0 || isOfAge) {
            model.define(isOfAge ? "{\"age\":\"1s\"}" : "{\"changes\":" + kept + "}");
        }
        for (int writes = random.nextInt(8); writes >= 0; writes--) {
            model.write();
        }
        if (round % 3 == 0 || isOfAge) {
            awaitCut(model.before(kept));
        }
    }

    /** All changes up to this one. */
    private void awaitCut(long revision) {
        if (revision > 0) {
            String before = "/api/notes?at=" + (revision - 1);
            await().atMost(PATIENCE).until(() -> server.get("root", before).status() == 410);
        }
    }

    /** One who looks at what there is and was, and comes back to some watches now and then. */
    private final class Person {
        private final String name;
        private final List<Fan> fans;
        private String tag = "\"0\"";
        private List<JsonNode> list = List.of();

        Person(String name) {
            this.name = name;
            this.fans = List.of(
                    new Fan("/api/notes", notes -> notes),
                    new Fan("/api", notes -> notes),
                    new Fan(
                            "/api/notes?level=2",
                            notes -> notes.filter(note -> note.path("level").asInt() == 2)),
                    new Fan(
                            "/api/notes/n3",
                            notes -> notes.filter(
                                    note -> note.path("id").asString().equals("n3"))),
                    new Fan(
                            "/api/notes?sort=-level,id&limit=3",
                            notes -> notes.sorted(BY_LEVEL).limit(3)));
        }

        void check() {
            for (Fan fan : fans) {
                if (random.nextBoolean()) {
                    fan.comeBack();
                }
            }
            checkPoll();
            checkPastOfAll(model.anyRevision());
            for (int id = 0; id < NotesModel.IDS; id++) {
                checkPast("n" + id, model.anyRevision());
            }
            checkHidden("n" + random.nextInt(NotesModel.IDS), model.anyRevision());
        }

        /** A list that has not changed since is the one that he has. */
        private void checkPoll() {
            String wait = random.nextInt(8) == 0 ? "wait=1" : "wait=0";
            Answer answer = server.send(
                    name, "GET", "/api/notes", "", "If-None-Match", tag, "Prefer", wait);
            if (answer.status() == 200) {
                tag = answer.header("ETag").orElseThrow();
                list = items(answer);
            }
            assertThat(answer.status()).isIn(200, 304, 403);
            boolean isRefused = answer.status() == 403;
            assertThat(isRefused ? List.of() : list).isEqualTo(model.seen(name));
        }

        private static List<JsonNode> items(Answer answer) {
            return answer.json().path("items").valueStream().toList();
        }

        private void checkPastOfAll(long revision) {
            String target = "/api/notes?at=" + revision;
            Answer answer = server.get(name, target);
            switch (answer.status()) {
                case 200 -> assertThat(items(answer)).isEqualTo(model.seen(name, revision));
                case 403 -> assertThat(model.seen(name, revision)).isEmpty();
                default -> assertThat(server.get("root", target).status()).isEqualTo(410);
            }
        }

        private void checkPast(String id, long revision) {
            String target = "/api/notes/" + id + "?at=" + revision;
            Answer answer = server.get(name, target);
            List<JsonNode> then = one(id, model.seen(name, revision));
            boolean isSeenNow = !one(id, model.seen(name)).isEmpty();
            switch (answer.status()) {
                case 200 -> assertThat(then).containsExactly(answer.json());
                case 410 -> assertThat(isSeenNow).isTrue();
                default -> assertThat(then.isEmpty() || !isSeenNow).isTrue();
            }
            if (!model.isEverSeen(name, id, revision)) {
                String never = "/api/notes/" + NotesModel.NEVER + "?at=" + revision;
                assertThat(answer.text().replace(id, NotesModel.NEVER))
                        .isEqualTo(server.get(name, never).text());
            }
        }

        private static List<JsonNode> one(String id, List<JsonNode> notes) {
            return notes.stream()
                    .filter(note -> note.path("id").asString().equals(id))
                    .toList();
        }

        private void checkHidden(String id, long revision) {
            if (!model.isEverSeen(name, id, revision)) {
                FollowBy way = anyWay();
                String fresh = "?fields=f" + freshWatches++;
                assertThat(heard(way, id + fresh, revision))
                        .isEqualTo(heard(way, NotesModel.NEVER + fresh, revision));
            }
        }

        private List<String> heard(FollowBy way, String which, long revision) {
            var heard = new ArrayList<String>();
            try (Follower follower =
                    server.resume(way, name, "/api/notes/" + which, Long.toString(revision))) {
                for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
                    heard.add(told.type() + " " + told.id() + " " + told.data());
                }
                heard.add(follower.position());
            } catch (Follower.Refused refused) {
                heard.add(refused.answer().text());
            }
            return heard;
        }

        private FollowBy anyWay() {
            FollowBy[] ways = FollowBy.values();
            return ways[random.nextInt(ways.length)];
        }

        /** What he knows of a watch, of which he has seen everything up to a position. */
        private final class Fan {
            private final String target;
            private final UnaryOperator<Stream<JsonNode>> asked;
            private final Notes known = new Notes();
            private String position = "0";

            Fan(String target, UnaryOperator<Stream<JsonNode>> asked) {
                this.target = target;
                this.asked = asked;
            }

            /** Breaks off on the way, now and then, and comes back once more. */
            void comeBack() {
                List<JsonNode> expected = asked.apply(model.seen(name).stream())
                        .sorted(Comparator.comparing(note -> note.path("id").asString()))
                        .toList();
                try {
                    boolean isSynced = false;
                    while (!isSynced) {
                        isSynced = readSome();
                    }
                } catch (Follower.Refused refused) {
                    assertThat(refused.answer().status()).isEqualTo(403);
                    known.clear();
                }
                assertThat(known.all()).as("%s of %s", target, name).isEqualTo(expected);
            }

            private boolean readSome() {
                try (Follower follower = server.resume(anyWay(), name, target, position)) {
                    boolean isSynced = false;
                    while (!isSynced && random.nextInt(8) > 0) {
                        Told told = follower.next();
                        check(told);
                        known.take(told);
                        position = told.id();
                        isSynced = told.isSynced();
                    }
                    return isSynced;
                }
            }

            private void check(Told told) {
                if (told.isChange()) {
                    boolean isOut = told.type().equals("deleted");
                    assertThat(
                                    isOut
                                            ? model.isEverSeen(name, told.subject(), 0)
                                            : model.lets(name, told.data()))
                            .as("%s of %s: %s", target, name, told)
                            .isTrue();
                }
            }
        }
    }
}
