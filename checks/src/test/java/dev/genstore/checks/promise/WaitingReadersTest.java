package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.router.Authenticator;
import dev.genstore.router.Principal;
import dev.genstore.router.Request;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.SnapshotOver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Who waits for what takes long takes no more places than are his, and must still be good at the end. */
class WaitingReadersTest {
    private static final int PATIENCE_SECONDS = 20;

    /** How many of one client wait for what takes long. */
    private static final int OF_ONE_MAX = 10;

    @TempDir
    private Path folder;

    private final Semaphore begun = new Semaphore(0);
    private final Door door = new Door();
    private OneReaderStore store;
    private PartsServer server;

    /** Everybody is who he says he is, until that is revoked. */
    private static final class Door implements Authenticator {
        private final Set<String> revoked = ConcurrentHashMap.newKeySet();

        @Override
        public Principal recall(Request request) {
            return identify(request);
        }

        @Override
        public Principal identify(Request request) {
            return new Principal(
                    request.headers().first("Authorization").orElseThrow(),
                    Principal.Kind.KEY,
                    Set.of(Principal.ADMIN),
                    JsonNodeFactory.instance.objectNode(),
                    null);
        }

        @Override
        public boolean isGood(Principal principal) {
            return !revoked.contains(principal.id());
        }

        @Override
        public void listen(Runnable listener) {}
    }

    /** Says when somebody's list begins to be read. */
    private final class Telling extends OneReaderStore {
        Telling() throws IOException {
            super(folder);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public ListPage list(ListQuery query) {
                    begun.release();
                    return super.list(query);
                }
            };
        }
    }

    /** Nothing that takes long is read until the end. */
    @BeforeEach
    void start() throws Exception {
        store = new Telling();
        server = PartsServer.start(store, new ManualClock(), door);
        store.holdLongLane();
    }

    @AfterEach
    void stop() {
        store.letGo();
        server.close();
    }

    private Answer list(String who) {
        return RawHttp.get(server.port(), OneReaderStore.SORTED, "Authorization", who);
    }

    @Test
    void who_is_revoked_while_he_waits_is_shown_nothing() throws Exception {
        Future<Answer> anns = Beside.start(() -> list("ann"));
        assertThat(begun.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        door.revoked.add("ann");
        assertThat(anns.isDone()).isFalse();
        store.letGo();
        Answer answer = anns.get();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).doesNotContain("items").doesNotContain("n0001");
    }

    /** As one of each is refused, and nobody is read for, ten of each wait. */
    @Test
    void one_client_fills_no_line_and_those_of_another_have_their_turn() throws Exception {
        BlockingQueue<Answer> anns = ask("ann");
        requireRefused(next(anns));
        BlockingQueue<Answer> bobs = ask("bob");
        requireRefused(next(bobs));
        store.letGo();
        for (int i = 0; i < OF_ONE_MAX; i++) {
            assertThat(next(bobs).status()).isEqualTo(200);
            assertThat(next(anns).status()).isEqualTo(200);
        }
    }

    /** One more than has room. */
    private BlockingQueue<Answer> ask(String who) {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        for (int i = 0; i <= OF_ONE_MAX; i++) {
            Beside.start(() -> answers.add(list(who)));
        }
        return answers;
    }

    private static void requireRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(answer.text()).contains("/problems/overloaded");
    }

    private static Answer next(BlockingQueue<Answer> answers) throws InterruptedException {
        Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer == null ? fail("no answer") : answer;
    }
}
