package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.Write;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.Seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@code at}: an earlier state, by position and by time. The tables have the rest. */
class PastTest {
    private static final Retention FIVE_CHANGES = new Retention(Duration.ofDays(1), 5);
    private static final List<String> TARGETS = List.of("/api/notes", "/api/notes/1");

    @RegisterExtension
    final Seed seed = new Seed();

    @Test
    void what_the_log_does_not_reach_is_gone_and_the_answer_says_how_far_it_reaches() {
        try (TestServer server = TestServer.start(builder -> builder.retention(FIVE_CHANGES))) {
            var client = new RestClient(server.port());
            for (int i = 1; i <= 30; i++) {
                client.put("/api/notes/1", "{\"n\":" + i + "}");
            }
            long horizon = server.store().horizonRevision();
            assertThat(horizon).isPositive();
            for (String target : TARGETS) {
                for (String at : List.of("0", "" + (horizon - 1), "2000-01-01T00:00:00Z")) {
                    Answer gone = RawHttp.get(server.port(), target + "?at=" + at);
                    assertThat(gone.status())
                            .as("%s at %s: %s", target, at, gone)
                            .isEqualTo(410);
                    assertThat(gone.text()).contains("/problems/history-gone", "-" + horizon);
                }
                assertThat(client.get(target + "?at=" + horizon).text())
                        .contains("\"n\":" + horizon + "}");
            }
        }
    }

    @Test
    void behind_more_changes_than_one_request_may_take_back_a_list_is_too_far_back() {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            client.put("/api/notes/1", "{\"n\":1}");
            client.put("/api/quiet/1", "{\"n\":1}");
            client.put("/api/notes/1", "{\"n\":2}");
            for (int i = 0; i < 100; i++) {
                writeThousand(server, i);
            }
            Answer refused = RawHttp.get(server.port(), "/api/notes?at=2");
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.text()).contains("/problems/too-far-back", "100000");
            assertThat(client.get("/api/notes?at=3").text()).contains("\"n\":2}");
            assertThat(client.get("/api/quiet?at=2").text()).contains("\"n\":1}");
            assertThat(client.get("/api/notes/1?at=2").text()).contains("\"n\":1}");
            assertThat(client.get("/api/busy/7?at=100").text()).contains("\"round\":0}");
        }
    }

    private static void writeThousand(TestServer server, int round) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] members = ("{\"round\":" + round + "}").getBytes(StandardCharsets.UTF_8);
            writes.add(new Write(
                    "busy",
                    "" + i,
                    new Edit.Replace(Json.trusted(members)),
                    Precondition.NONE,
                    null));
        }
        server.store().resources().writeAll(writes);
    }

    @Test
    void everything_is_shown_as_it_was_at_any_time() throws IOException {
        var clock = new ManualClock();
        Random random = seed.random();
        List<Long> times = new ArrayList<>();
        List<String> lists = new ArrayList<>(List.of("[]"));
        try (PartsServer server = PartsServer.start(new MemoryDisk(new Random(1)).open(), clock)) {
            var client = new RestClient(server.port());
            for (int i = 1; i <= 40; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(3)));
                times.add(clock.millis());
                change(client, random, i);
                lists.add(items(client.get("/api/notes")));
            }
            for (long time = times.getFirst() - 2; time < times.getLast() + 3; time++) {
                long then = time;
                long made = times.stream().filter(each -> each <= then).count();
                String at = Resource.time(time);
                Answer shown = client.get("/api/notes?at=" + at);
                assertThat(items(shown)).as("at %s", at).isEqualTo(lists.get((int) made));
                assertThat(shown.json().path("revision").asLong()).isEqualTo(made);
            }
        }
    }

    private static void change(RestClient client, Random random, int value) {
        String path = "/api/notes/" + random.nextInt(4);
        boolean isThere =
                items(client.get("/api/notes")).contains("\"" + path.substring(11) + "\"");
        if (isThere && random.nextInt(3) == 0) {
            client.delete(path);
        } else {
            client.put(path, "{\"n\":" + value + "}");
        }
    }

    private static String items(Answer list) {
        return list.json().path("items").toString();
    }

    @Test
    void all_pages_of_a_time_are_of_one_state_whatever_is_written_in_between() {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            for (int i = 0; i < 9; i++) {
                client.put("/api/notes/" + i, "{\"n\":" + i + "}");
            }
            String then = client.get("/api/notes/8").json().path("_updated").asString();
            Answer page = client.get("/api/notes?limit=2&sort=-n&at=" + then);
            var told = new ArrayList<>(page.json().path("items").valueStream().toList());
            while (page.header("Link").isPresent()) {
                client.delete("/api/notes/" + (8 - told.size()));
                client.put("/api/notes/new-" + told.size(), "{\"n\":-1}");
                page = client.get(page.json().path("next").asString());
                told.addAll(page.json().path("items").valueStream().toList());
            }
            assertThat(told.stream().map(item -> item.path("id").asString()))
                    .containsExactly("8", "7", "6", "5", "4", "3", "2", "1", "0");
        }
    }
}
