package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.Beside;
import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.SnapshotOver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who looks through much is in nobody's way. */
class LongReadingsTest {
    private static final int COUNT = OneReaderStore.COUNT;
    private static final String SORTED = OneReaderStore.SORTED;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How many wait for what takes long, and the one that has its turn. */
    private static final int ASKERS_MAX = 101;

    @TempDir
    private Path folder;

    private final AtomicBoolean isEndless = new AtomicBoolean();
    private final Semaphore endless = new Semaphore(0);
    private OneReaderStore store;
    private PartsServer server;
    private RestClient client;

    /** Its changes are in no memory any more when the server starts. */
    @BeforeEach
    void start() throws IOException {
        store = new SometimesEndless();
        server = PartsServer.start(store, new ManualClock());
        client = new RestClient(server.port());
    }

    @AfterEach
    void stop() {
        store.letGo();
        isEndless.set(false);
        server.close();
    }

    /** Where lists that look through much never end by themselves. */
    private final class SometimesEndless extends OneReaderStore {
        SometimesEndless() throws IOException {
            super(folder);
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public ListPage list(ListQuery query) {
                    ListPage page = super.list(query);
                    if (isEndless.get() && page.scanned() > COUNT / 2) {
                        endless.release();
                    }
                    while (isEndless.get() && page.scanned() > COUNT / 2) {
                        page = super.list(query);
                    }
                    return page;
                }
            };
        }
    }

    @Test
    void while_nothing_long_is_read_resources_pages_and_polls_are_answered() throws Exception {
        store.holdLongLane();
        Future<Answer> sorted = Beside.start(() -> client.get(SORTED));
        assertThat(client.get("/api/notes/n0007").json().path("size").intValue())
                .isEqualTo(COUNT - 7);
        assertThat(client.get("/api/notes?limit=1000").json().path("items")).hasSize(1_000);
        assertThat(client.get("/api/notes?sort=-_revision&limit=2").json().path("items"))
                .hasSize(2);
        String tag = client.get("/api/notes/n0001").header("ETag").orElseThrow();
        Future<Answer> poll = Beside.start(
                () -> client.get("/api/notes/n0001", "If-None-Match", tag, "Prefer", "wait=30"));
        client.put("/api/notes/n0001", "{\"size\":0}");
        assertThat(poll.get().status()).isEqualTo(200);
        assertThat(sorted.isDone()).isFalse();
        store.letGo();
        assertThat(sorted.get().json().path("items").path(0).path("id").stringValue())
                .isEqualTo("n0001");
    }

    @ParameterizedTest
    @EnumSource
    void while_nothing_long_is_read_who_comes_back_is_told_what_he_missed(FollowBy by)
            throws Exception {
        store.holdLongLane();
        try (Follower follower = by.follow(server.port(), "/api/notes", "7")) {
            for (long revision = 8; revision <= COUNT; revision++) {
                assertThat(follower.nextChange().revision()).isEqualTo(revision);
            }
            client.put("/api/notes/new", "{}");
            assertThat(follower.nextChange().subject()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_nothing_long_is_read_who_is_reset_is_told_the_state(FollowBy by) throws Exception {
        store.holdLongLane();
        try (Follower follower = by.follow(server.port(), "/api/notes?size=1", "other-7")) {
            assertThat(follower.next().type()).isEqualTo("reset");
            assertThat(follower.nextChange().subject()).isEqualTo("n%04d".formatted(COUNT - 1));
        }
    }

    @Test
    void behind_too_many_who_wait_one_more_is_told_when_to_come_again() throws Exception {
        store.holdLongLane();
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        for (int i = 0; i < ASKERS_MAX + 1; i++) {
            Beside.start(() -> answers.add(RawHttp.get(server.port(), SORTED)));
        }
        Answer first = next(answers);
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).contains("1");
        assertThat(first.text()).contains("/problems/overloaded");
        store.letGo();
        for (int i = 0; i < ASKERS_MAX; i++) {
            assertThat(next(answers).status()).isEqualTo(200);
        }
    }

    private static Answer next(BlockingQueue<Answer> answers) throws InterruptedException {
        Answer answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return answer == null ? fail("no answer") : answer;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_hangs_up_gives_up_his_turn(boolean wholly) throws Exception {
        isEndless.set(true);
        try (RawSocket socket = RawSocket.connect(server.port())) {
            String head = "GET " + SORTED + " HTTP/1.1\r\nHost: here\r\n\r\n";
            socket.send(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(endless.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            if (!wholly) {
                socket.finish();
                assertThat(socket.readHead().status()).isEqualTo(503);
            }
        }
        Future<Long> next = Beside.start(() -> store.real().readLong(Snapshot::head));
        await().atMost(PATIENCE).until(next::isDone);
        assertThat(next.get()).isEqualTo(COUNT);
    }
}
