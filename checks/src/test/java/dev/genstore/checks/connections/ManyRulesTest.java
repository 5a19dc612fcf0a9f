package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.cel.CelCompiler;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What somebody sees of everything all rules say, and nobody else waits until they have. */
class ManyRulesTest {
    private static final int COUNT = 100;
    private static final Principal ANN = new Principal(
            "ann", Principal.Kind.KEY, Set.of(), JsonNodeFactory.instance.objectNode(), null);

    private final Compiling compiling = new Compiling();
    private PartsServer server;

    /** Notes which threads have had to wait for rules: a rule is made when it is needed first. */
    private static final class Compiling implements RuleCompiler {
        private final RuleCompiler real = new CelCompiler();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();

        @Override
        public Rule compile(String expression, Set<String> names) {
            threads.add(Thread.currentThread());
            return real.compile(expression, names);
        }
    }

    /** Everybody is Ann. */
    private static final class OnlyAnn implements Authenticator {
        @Override
        public Principal recall(Request request) {
            return ANN;
        }

        @Override
        public Principal identify(Request request) {
            return ANN;
        }

        @Override
        public boolean isGood(Principal principal) {
            return true;
        }

        @Override
        public void listen(Runnable listener) {}
    }

    @BeforeEach
    void start() throws IOException {
        server = PartsServer.start(
                new MemoryDisk(new Random(1)).open(), new ManualClock(), new OnlyAnn(), compiling);
        for (int i = 0; i < COUNT; i++) {
            define("c" + i, "resource.owner == auth.id");
        }
        compiling.threads.clear();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void define(String collection, String rule) {
        put("_collections", collection, "{\"rules\":{\"read\":\"" + rule + "\"}}");
    }

    private void put(String collection, String id, String json) {
        server.resources()
                .put(collection, id, json.getBytes(StandardCharsets.UTF_8), Precondition.NONE);
    }

    private void requireRulesAskedElsewhere() {
        assertThat(compiling.threads).hasSize(COUNT).allMatch(Thread::isVirtual);
    }

    @ParameterizedTest
    @EnumSource
    void who_watches_everything_keeps_no_loop_from_others(FollowBy by) {
        try (Follower ann = by.follow(server.port(), "/api", List.of()).synced()) {
            requireRulesAskedElsewhere();
            put("c0", "1", "{\"owner\":\"bob\"}");
            put("c1", "2", "{\"owner\":\"ann\"}");
            assertThat(ann.nextChange().subject()).isEqualTo("2");
        }
    }

    @Test
    void who_commands_it_does_neither() {
        try (CommandedSocket socket = CommandedSocket.open(RawConnection.to(server.port()))) {
            socket.send(CommandedSocket.watching("/api"));
            assertThat(socket.answer().path("watching").asString()).isEqualTo("/api");
            requireRulesAskedElsewhere();
        }
    }

    private static void readOn(Follower follower) {
        while (follower.next().isSynced()) {
            // nothing has happened
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PAGES", mode = EnumSource.Mode.EXCLUDE)
    void a_rule_that_changes_ends_those_alone_for_whom_it_does(FollowBy by) {
        try (Follower ann = by.follow(server.port(), "/api", List.of()).synced()) {
            define("c3", "resource.owner == auth.id || auth.id == 'root'");
            put("c3", "1", "{\"owner\":\"ann\"}");
            assertThat(ann.nextChange().subject()).isEqualTo("1");
            define("c2", "resource.owner == 'bob'");
            assertThatThrownBy(() -> readOn(ann)).isInstanceOf(Follower.Ended.class);
        }
    }

    @Test
    void who_watches_through_very_many_changes_of_rules_comes_back() {
        FollowBy by = FollowBy.NDJSON;
        try (Follower ann = by.follow(server.port(), "/api", List.of()).synced()) {
            for (int i = 0; i <= 256; i++) {
                define("more", "auth.id == '" + i + "'");
            }
            assertThatThrownBy(() -> readOn(ann)).isInstanceOf(Follower.Ended.class);
        }
    }
}
