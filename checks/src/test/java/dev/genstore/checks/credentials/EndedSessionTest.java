package dev.genstore.checks.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Anybody may end his own session, so what that costs may not grow with who else is there. */
class EndedSessionTest {
    private static final byte[] NOTE = "{\"title\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    private final ManualClock clock = new ManualClock();
    private final Door door = new Door();
    private PartsServer server;

    /** Everybody is in the session whose name he shows; it is noted who is looked at. */
    private final class Door implements Authenticator {
        private final Set<String> ended = ConcurrentHashMap.newKeySet();
        private final Queue<String> looked = new ConcurrentLinkedQueue<>();
        private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

        @Override
        public Principal recall(Request request) {
            return identify(request);
        }

        @Override
        public Principal identify(Request request) {
            Principal by = new Principal(
                    "ann",
                    Principal.Kind.KEY,
                    Set.of("admin"),
                    JsonNodeFactory.instance.objectNode(),
                    null);
            String session = request.headers().first("Authorization").orElseThrow();
            return by.in(session, clock.instant().plusSeconds(3_600));
        }

        @Override
        public boolean isGood(Principal principal) {
            String session = Objects.requireNonNull(principal.session());
            looked.add(session);
            return !ended.contains(session);
        }

        @Override
        public void listen(Runnable listener) {}

        @Override
        public void listenToEnds(Consumer<String> listener) {
            listeners.add(listener);
        }

        void end(String session) {
            ended.add(session);
            listeners.forEach(listener -> listener.accept(session));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = PartsServer.start(new MemoryDisk(new Random(1)).open(), clock, door);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Follower follow(FollowBy by, String session) {
        return by.follow(server.port(), "/api/notes", Sent.asBearer(session)).synced();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PAGES")
    void when_one_ends_nobody_is_looked_at_but_those_who_are_in_it(FollowBy by) {
        try (Follower one = follow(by, "one");
                Follower same = follow(by, "one");
                Follower other = follow(by, "other")) {
            door.looked.clear();
            door.end("Bearer one");
            server.resources().create("notes", NOTE);
            Ends.require(by, one);
            Ends.require(by, same);
            assertThat(other.nextChange().type()).isEqualTo("created");
            assertThat(door.looked).containsOnly("Bearer one").hasSize(2);
        }
    }
}
