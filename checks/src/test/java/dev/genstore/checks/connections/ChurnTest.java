package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Peers that come and go in every way, many at a time: nothing is left of them. */
class ChurnTest {
    private static final List<Transport> TRANSPORTS = List.of(Transport.values());
    private static final int THREADS = 8;
    private static final int PEERS_EACH = 100;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void peers_that_come_and_go_leave_no_watch_no_connection_and_no_buffer() throws Exception {
        long seed = new Random().nextLong();
        try (var leaks = new LeakWatch()) {
            try (var server = CountedServer.start(folder, Settings.defaults())) {
                churn(server, seed);
                server.awaitNobody();
                server.awaitNothingHeld();
                assertThat(server.meter().endings())
                        .as("seed %d", seed)
                        .hasSize(THREADS * PEERS_EACH);
                Asking.with(server, Transport.HTTP).hangUp();
            }
            assertThat(leaks.leaks()).as("seed %d", seed).isEmpty();
        }
    }

    private static void churn(CountedServer server, long seed) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> all = IntStream.range(0, THREADS)
                    .mapToObj(i -> threads.submit(() -> comeAndGo(server, new Random(seed + i))))
                    .toList();
            for (Future<?> each : all) {
                server.create("notes", 20_000);
                await(each);
            }
        }
    }

    private static void await(Future<?> future) throws Exception {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }

    private static void comeAndGo(CountedServer server, Random random) {
        for (int i = 0; i < PEERS_EACH; i++) {
            RawConnection peer = server.connect();
            talk(peer, random);
            if (random.nextInt(5) == 0) {
                server.create("notes", 1);
            }
            if (random.nextInt(4) == 0) {
                peer.finish();
            }
            if (random.nextBoolean()) {
                peer.reset();
            } else {
                peer.close();
            }
        }
    }

    /** Asks for something, or for a part of it, perhaps behind another request, and perhaps reads. */
    private static void talk(RawConnection peer, Random random) {
        boolean isSecond = random.nextBoolean();
        String before = isSecond ? Asking.request(Transport.HTTP) : "";
        String request = before + Asking.request(any(random));
        int length = random.nextInt(3) == 0 ? random.nextInt(request.length()) : request.length();
        peer.send(request.substring(0, length));
        if (random.nextInt(4) == 0) {
            peer.send(junk(random));
        }
        if (isSecond && length >= before.length() && random.nextBoolean()) {
            peer.bytes(1 + random.nextInt(60));
        }
    }

    private static Transport any(Random random) {
        return TRANSPORTS.get(random.nextInt(TRANSPORTS.size()));
    }

    private static byte[] junk(Random random) {
        byte[] junk = new byte[random.nextInt(200)];
        random.nextBytes(junk);
        return junk;
    }
}
