package dev.genstore.checks.clients;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.Map;

/** A client of npm, or one of the browser's own, both in {@link Node}. */
final class NodeClient implements Client {
    private final Node node;
    private final String opener;
    private final Way way;

    /**
     * A client.
     *
     * @param opener what {@code main.mjs} calls it
     */
    NodeClient(Node node, String opener, Way way) {
        this.node = node;
        this.opener = opener;
        this.way = way;
    }

    @Override
    public Way way() {
        return way;
    }

    /** An EventSource does. */
    @Override
    public boolean comesBack() {
        return way == Way.SSE;
    }

    @Override
    public Connection follow(URI url, String since, Reader reader) {
        return follow(url.resolve("/page"), url, since, reader);
    }

    /** The same from a certain page, if it is one in a browser. */
    Connection follow(URI page, URI url, String since, Reader reader) {
        URI from = Client.since(url, since);
        URI asked = way == Way.WEBSOCKET ? Client.socket(from) : from;
        String id = node.open(
                Map.of("open", opener, "url", asked.toString(), "page", page.toString()),
                told -> note(told, reader));
        return () -> node.send(id, Map.of("close", "now"));
    }

    private static void note(JsonNode told, Reader reader) {
        if (told.has("sse")) {
            JsonNode sse = told.path("sse");
            reader.event(
                    told.path("event").asString(),
                    sse.path("id").asString(),
                    sse.path("type").asString());
        } else if (told.has("event")) {
            reader.event(told.path("event").asString());
        } else if (told.has("closed")) {
            JsonNode closed = told.path("closed");
            reader.ended(new Ending.Closed(
                    closed.path("code").asInt(), closed.path("reason").asString()));
        } else if (told.has("broken")) {
            reader.ended(new Ending.Broken(told.path("broken").asString()));
        } else if (!told.has("opened")) {
            reader.fault(told.toString());
        }
    }

    @Override
    public String toString() {
        return opener;
    }
}
