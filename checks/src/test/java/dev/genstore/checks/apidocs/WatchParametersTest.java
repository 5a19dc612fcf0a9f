package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The AsyncAPI document has of each channel the parameters that a WebSocket there takes. */
class WatchParametersTest {
    /** All that a list or a watch takes somewhere; any other name asks for a member. */
    private static final Map<String, String> VALUES = Map.of(
            "filter", "size%20%3E%203",
            "any", "3",
            "fields", "title",
            "sort", "title",
            "limit", "3",
            "cursor", "x",
            "at", "1",
            "at-least", "1",
            "since", "1",
            "data", "none");

    private TestServer server;
    private List<JsonNode> channels;

    @BeforeEach
    void start() {
        server = TestServer.start();
        var client = new RestClient(server.port());
        client.put("/api/_collections/notes", "{}");
        channels = client.get("/asyncapi.json")
                .json()
                .get("channels")
                .valueStream()
                .filter(channel -> channel.has("bindings"))
                .toList();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_channel_has_the_parameters_that_a_watch_takes_there_and_no_others() {
        assertThat(channels)
                .hasSizeGreaterThan(8)
                .allSatisfy(channel ->
                        assertThat(described(channel)).as("%s", channel).isEqualTo(taken(channel)));
    }

    /** What is in the table above is all that any channel speaks of. */
    @Test
    void a_collection_is_watched_with_all_that_selects_and_orders_it() {
        assertThat(channels)
                .filteredOn(
                        channel -> channel.get("address").stringValue().equals("/api/{collection}"))
                .singleElement()
                .satisfies(channel -> assertThat(described(channel))
                        .containsExactlyInAnyOrder(
                                "filter", "any", "fields", "sort", "limit", "since", "data"));
    }

    private static Set<String> described(JsonNode channel) {
        JsonNode query = channel.at("/bindings/ws/query");
        var names = new TreeSet<>(query.get("properties").propertyNames());
        if (query.has("additionalProperties")) {
            names.add("any");
        }
        return names;
    }

    private Set<String> taken(JsonNode channel) {
        String path = channel.get("address")
                .stringValue()
                .replace("{collection}", "notes")
                .replace("{id}", "7");
        var names = new TreeSet<>(VALUES.keySet());
        names.removeIf(name -> !isTaken(path + "?" + name + "=" + VALUES.get(name)));
        return names;
    }

    private boolean isTaken(String target) {
        Answer answer = RawHttp.get(
                server.port(),
                target,
                "Upgrade",
                "websocket",
                "Connection",
                "Upgrade",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==");
        if (answer.status() != 101) {
            assertThat(answer.text()).as(target).contains("/problems/invalid-parameter");
        }
        return answer.status() == 101;
    }
}
