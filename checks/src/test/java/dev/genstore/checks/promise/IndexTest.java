package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Indexes that are declared when there is much already. */
class IndexTest {
    private static final String DEFINITION = "/api/_collections/notes";
    private static final String LIST = "/api/notes?status=s1&sort=-n&limit=5";

    @ParameterizedTest
    @EnumSource
    void who_watches_a_definition_sees_its_index_become_ready(FollowBy by) {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            fill(client, 3_000);
            try (Follower follower = by.follow(server, DEFINITION, "0")) {
                Answer defined = client.put(DEFINITION, "{\"indexes\":[\"status,n\"]}");
                assertThat(defined.json().path("_building").path(0).asString(""))
                        .isEqualTo("status,n");
                Told building = follower.nextChange();
                Told ready = follower.nextChange();
                assertThat(building.type()).isEqualTo("created");
                assertThat(building.data().path("_building")).hasSize(1);
                assertThat(ready.type()).isEqualTo("updated");
                assertThat(ready.data().has("_building")).isFalse();
            }
            assertThat(client.get(LIST).header("Genstore-Scanned")).isEmpty();
        }
    }

    @Test
    void lists_are_the_same_and_writes_go_on_while_an_index_is_built() {
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            fill(client, 6_000);
            String expected = client.get(LIST).json().path("items").toString();
            client.put(DEFINITION, "{\"indexes\":[\"status,n\",\"n\",\"text\"]}");
            List<Answer> lists = new ArrayList<>();
            do {
                lists.add(client.get(LIST));
                client.put("/api/notes/one-more", "{\"n\":" + lists.size() + "}");
            } while (client.get(DEFINITION).json().has("_building"));
            assertThat(lists)
                    .extracting(answer -> answer.json().path("items").toString())
                    .containsOnly(expected);
        }
    }

    @Test
    void building_goes_on_behind_a_restart(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            var client = new RestClient(server.port());
            fill(client, 6_000);
            client.put(DEFINITION, "{\"indexes\":[\"status,n\",\"n\",\"text\"]}");
        }
        try (TestServer server = TestServer.start(folder);
                Follower follower = FollowBy.SSE.follow(server, DEFINITION, "0")) {
            Told last = follower.nextChange();
            while (last.data().has("_building")) {
                last = follower.nextChange();
            }
            Answer list = new RestClient(server.port()).get(LIST);
            assertThat(list.header("Genstore-Scanned")).isEmpty();
            assertThat(list.json().path("items")).hasSize(5);
        }
    }

    private static void fill(RestClient client, int count) {
        for (int from = 0; from < count; from += 1_000) {
            var operations = new StringBuilder();
            for (int i = from; i < from + 1_000; i++) {
                operations.append(",{\"method\":\"PUT\",\"url\":\"/api/notes/" + i
                        + "\",\"body\":{\"n\":" + i + ",\"status\":\"s" + i % 3
                        + "\",\"text\":\"" + i * 7919 % 1_000 + "\"}}");
            }
            client.post("/api/_batch", "{\"operations\":[" + operations.substring(1) + "]}");
        }
    }
}
