package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.LogWatch;
import dev.genstore.checks.harness.Settings;
import dev.genstore.query.Selection;
import dev.genstore.resource.Names;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Actions of a program's own, bound beside those of REST. */
class ActionsTest {
    private static final CountDownLatch MAY_END = new CountDownLatch(1);
    private static final AtomicInteger BLOCKED = new AtomicInteger();
    private static CountedServer server;

    /** What the actions here work with. */
    private record Shop(Resources resources, String name) {}

    /** Shows one kind of note; its URL can be watched. */
    private static final class Shown implements Action<Shop>, Watchable {
        @Override
        public Reply act(Request request, Shop shop) {
            return Reply.of(200, "text/plain", "shown");
        }

        @Override
        public Selection selection(Request request) {
            if (request.variable("kind").equals("broken")) {
                throw new IllegalStateException("a bug");
            }
            return Selection.of(
                    new Target.InCollection(Names.collection(request.variable("kind"))));
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        Map<String, Action<Shop>> broken = Map.of(
                "throws",
                        (request, shop) -> {
                            throw new IllegalStateException("a bug");
                        },
                "checked",
                        (request, shop) -> {
                            throw new IOException("the printer is on fire");
                        },
                "recurses", (request, shop) -> recurse(request),
                "asserts",
                        (request, shop) -> {
                            throw new AssertionError("never");
                        },
                "splits",
                        (request, shop) -> Reply.of(200).with("X-Note", "two\r\nSet-Cookie: lines"),
                "lengthens", (request, shop) -> Reply.of(200).with("Content-Length", "9"),
                "says-nothing", (request, shop) -> Reply.of(204, "text/plain", "but it does"));
        server = CountedServer.start(folder, Settings.defaults(), builder -> {
            broken.forEach((name, action) ->
                    builder.bind(Method.GET, "/broken/" + name, Shop.class, action));
            return builder.context(Shop.class, resources -> new Shop(resources, "the shop"))
                    .bind(Method.GET, "/hello/{name}/{what}", Shop.class, ActionsTest::greet)
                    .bind(Method.POST, "/api/orders/{id}/ship", Shop.class, ActionsTest::ship)
                    .bind(
                            Method.GET,
                            "/api/orders/best",
                            Shop.class,
                            (request, shop) -> Reply.of(200, "text/plain", "the best"))
                    .bind(Method.GET, "/block", Shop.class, (request, shop) -> block())
                    .bind(Method.GET, "/shown/{kind}", Shop.class, new Shown());
        });
    }

    @AfterAll
    static void stop() {
        MAY_END.countDown();
        server.close();
    }

    private static Reply greet(Request request, Shop shop) {
        return Reply.of(
                        202,
                        "text/plain; charset=utf-8",
                        shop.name() + " greets " + request.variable("name") + " with "
                                + request.variable("what") + " "
                                + request.query().value("q").orElse("?"))
                .with("X-Thread", Thread.currentThread().isVirtual() ? "virtual" : "platform");
    }

    private static Reply ship(Request request, Shop shop) {
        String id = request.variable("id");
        if (shop.resources().find("orders", id).isEmpty()) {
            throw ProblemType.NOT_FOUND.because("There is no order " + id + ".");
        }
        byte[] shipped = "{\"status\":\"shipped\"}".getBytes(StandardCharsets.UTF_8);
        shop.resources().put("orders", id, shipped, Precondition.NONE);
        return Reply.of(204);
    }

    private static Reply block() throws InterruptedException {
        BLOCKED.incrementAndGet();
        MAY_END.await();
        return Reply.of(200, "text/plain", "at last");
    }

    private static Reply recurse(Request request) {
        boolean goesOn = !request.path().isEmpty();
        return goesOn ? recurse(request).with("X", "deeper") : Reply.of(204);
    }

    @Test
    void an_action_sees_its_request_and_its_context_and_decides_the_reply() {
        try (RawConnection peer = server.connect()) {
            Answer answer = peer.send(Asking.head("GET /hello/J%C3%B6rg/a%2Fb?q=x%20y HTTP/1.1"))
                    .answer();
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.header("X-Thread")).isEqualTo("virtual");
            assertThat(answer.body()).isEqualTo("the shop greets Jörg with a/b x y");
        }
    }

    @Test
    void what_an_action_writes_is_told_like_any_other_change() {
        server.replace("orders", "7", 1, 1);
        try (RawWebSocket watcher = server.watch("/api/orders");
                RawConnection peer = server.connect()) {
            assertThat(watcher.event().type()).isEqualTo("synced");
            peer.send(Asking.head("POST /api/orders/7/ship HTTP/1.1", "Content-Length: 0"));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            String event = watcher.frame().text();
            assertThat(Told.of(event).type()).isEqualTo("updated");
            assertThat(event).contains("\"status\":\"shipped\"");
            peer.send(Asking.head("POST /api/orders/8/ship HTTP/1.1", "Content-Length: 0"));
            assertThat(peer.answer().body()).contains("There is no order 8.");
        }
    }

    @Test
    void the_more_specific_template_counts_and_other_methods_are_not_its_business() {
        try (RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /api/orders/best HTTP/1.1")
                    + Asking.head("GET /api/orders/other HTTP/1.1")
                    + Asking.head("DELETE /api/orders/best HTTP/1.1")
                    + Asking.head("GET /api/orders/7/ship HTTP/1.1")
                    + Asking.head("OPTIONS /api/orders/7/ship HTTP/1.1"));
            assertThat(peer.answer().body()).isEqualTo("the best");
            assertThat(peer.answer().status()).isEqualTo(404);
            assertThat(peer.answer().status()).isEqualTo(404);
            Answer otherMethod = peer.answer();
            assertThat(otherMethod.status()).isEqualTo(405);
            assertThat(otherMethod.header("Allow")).isEqualTo("POST, OPTIONS");
            assertThat(peer.answer().header("Allow")).isEqualTo("POST, OPTIONS");
        }
    }

    @Test
    void actions_that_block_delay_nobody() {
        var blocked = new ArrayList<RawConnection>();
        try (RawConnection peer = server.connect()) {
            for (int i = 0; i < 200; i++) {
                blocked.add(server.connect().send(Asking.head("GET /block HTTP/1.1")));
            }
            await().atMost(CountedServer.PATIENCE).until(() -> BLOCKED.get() == 200);
            peer.send(Asking.head("GET /hello/a/b HTTP/1.1"));
            assertThat(peer.answer().status()).isEqualTo(202);
            MAY_END.countDown();
            assertThat(blocked).allMatch(one -> one.answer().body().equals("at last"));
        } finally {
            blocked.forEach(RawConnection::close);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throws",
                "checked",
                "recurses",
                "asserts",
                "splits",
                "lengthens",
                "says-nothing"
            })
    void an_action_with_a_bug_is_answered_500_and_logged_and_the_server_goes_on(String name) {
        try (var log = new LogWatch("dev.genstore");
                RawConnection peer = server.connect()) {
            peer.send(Asking.head("GET /broken/" + name + " HTTP/1.1"));
            Answer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(log.messages()).hasSize(1).first().asString().startsWith("ERROR ");
            assertThat(peer.send(Asking.head("GET /hello/a/b HTTP/1.1"))
                            .answer()
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void a_bound_url_can_be_watched_if_its_action_says_what_it_shows() {
        try (RawWebSocket watcher = server.watch("/shown/things");
                RawConnection peer = server.connect()) {
            assertThat(watcher.event().type()).isEqualTo("synced");
            server.create("things", 1);
            assertThat(watcher.event().type()).isEqualTo("created");
            peer.send(Asking.head("GET /shown/things HTTP/1.1"));
            assertThat(peer.answer().body()).isEqualTo("shown");
        }
    }

    @Test
    void a_bug_in_what_an_action_shows_is_answered_500_too() {
        try (var log = new LogWatch("dev.genstore");
                RawConnection peer = server.connect()) {
            String stream = "Accept: text/event-stream";
            for (String request : List.of(
                    Asking.head("GET /shown/broken HTTP/1.1", stream),
                    RawWebSocket.handshake("/shown/broken"))) {
                assertThat(peer.send(request).answer().status()).isEqualTo(500);
            }
            assertThat(log.messages()).hasSize(2);
        }
    }
}
