package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.Settings;
import dev.genstore.store.Precondition;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Each connection is sent what it watches, and no byte of anything else. */
class OwnBytesTest {
    private static final List<Transport> STREAMS =
            List.of(Transport.WEBSOCKET, Transport.SSE, Transport.NDJSON);
    private static final int COLLECTIONS = 12;
    private static final int THREADS = 6;
    private static final int PEERS_EACH = 100;
    private static final int EVENTS_MAX = 8;

    @TempDir
    private Path folder;

    /** A descriptor that one connection leaves is the next one's, while frames are on their way. */
    @Test
    @Timeout(180)
    void connections_that_come_and_go_at_full_speed_get_their_own_bytes_only() throws Exception {
        long seed = new Random().nextLong();
        var isOver = new AtomicBoolean();
        try (var server = CountedServer.start(folder, Settings.defaults());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < COLLECTIONS; i++) {
                    String name = "c" + i;
                    var random = new Random(seed - i);
                    threads.execute(() -> write(server, name, random, isOver));
                }
                awaitAll(comeAndGo(server, threads, seed), seed);
            } finally {
                isOver.set(true);
            }
            server.awaitNobody();
        }
    }

    private static List<Future<?>> comeAndGo(
            CountedServer server, ExecutorService threads, long seed) {
        var watching = new ArrayList<Future<?>>();
        for (int i = 1; i <= THREADS; i++) {
            var random = new Random(seed + i);
            watching.add(threads.submit(() -> comeAndGo(server, random)));
        }
        return watching;
    }

    private static void awaitAll(List<Future<?>> all, long seed) throws Exception {
        for (Future<?> each : all) {
            await(each, seed);
        }
    }

    private static void await(Future<?> future, long seed) throws Exception {
        try {
            future.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("seed " + seed, failure.getCause());
        }
    }

    private static void write(
            CountedServer server, String name, Random random, AtomicBoolean isOver) {
        for (int number = 0; !isOver.get(); number++) {
            String text = (name + ".").repeat(1 + random.nextInt(2_000));
            byte[] json = ("{\"n\":" + number + ",\"text\":\"" + text + "\"}").getBytes(UTF_8);
            server.store().resources().put(name, "only", json, Precondition.NONE);
        }
    }

    private static void comeAndGo(CountedServer server, Random random) {
        for (int i = 0; i < PEERS_EACH; i++) {
            String name = "c" + random.nextInt(COLLECTIONS);
            Transport transport = STREAMS.get(random.nextInt(STREAMS.size()));
            RawConnection connection =
                    random.nextBoolean() ? server.connect() : server.connectNarrow();
            Watching peer = Watching.open(connection, transport, "/api/" + name);
            read(peer, name, random.nextInt(EVENTS_MAX));
            if (random.nextBoolean()) {
                peer.reset();
            } else {
                peer.close();
            }
        }
    }

    private static void read(Watching peer, String name, int count) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            String event = peer.text();
            Told told = Told.of(event);
            assertThat(told.revision()).isGreaterThanOrEqualTo(last);
            last = told.revision();
            assertThat(event).contains("\"source\":\"/api/" + name + "\"");
            assertThat(told.isChange() ? event : "")
                    .matches("|.*\"text\":\"(" + name + "\\.)++\"\\}\\}\\s*");
        }
    }
}
