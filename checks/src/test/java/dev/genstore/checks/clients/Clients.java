package dev.genstore.checks.clients;

import dev.genstore.checks.clients.Client.Way;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All clients, for the classes of tests that this extension stands at. Their process is started once,
 * and ended behind the last test of the run. Those of the browser are there where there is one.
 */
final class Clients implements BeforeAllCallback {
    private static @Nullable Node node;

    @Override
    public void beforeAll(ExtensionContext context) {
        node = context.getRoot()
                .getStore(Namespace.create(Clients.class))
                .computeIfAbsent(
                        Node.class, type -> Node.start(Chromium.find().orElse(null)), Node.class);
    }

    static Node node() {
        return Objects.requireNonNull(node, "the tests' class has no @ExtendWith(Clients.class)");
    }

    static List<Client> all() {
        var all = new ArrayList<Client>(List.of(
                new JdkSocket(),
                JdkLines.events(),
                JdkLines.json(),
                new JdkPages(),
                new OkHttpSocket(),
                new OkHttpEvents(),
                new NodeClient(node(), "ws", Way.WEBSOCKET),
                new NodeClient(node(), "eventsource", Way.SSE)));
        if (Chromium.find().isPresent()) {
            all.addAll(chromium());
        }
        return all;
    }

    /** The browser's own. */
    static List<NodeClient> chromium() {
        return List.of(
                new NodeClient(node(), "chromium-ws", Way.WEBSOCKET),
                new NodeClient(node(), "chromium-eventsource", Way.SSE));
    }

    static List<Client> sockets() {
        return all().stream().filter(client -> client.way() == Way.WEBSOCKET).toList();
    }

    static List<Client> streams() {
        return all().stream().filter(client -> client.way() != Way.PAGES).toList();
    }
}
