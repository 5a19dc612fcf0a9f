package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Settings;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;
import dev.genstore.wire.rates.ClientLimits;
import dev.genstore.wire.rates.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whoever opens many connections and says nothing whole on them harms nobody else. */
@Timeout(120)
class ManyConnectionsTest {
    private static final int COUNT = 300;
    private static final int HEAD_BYTES = 12_000;

    @TempDir
    private Path folder;

    /** A thousand are let in of one address, so this is what one address can have of the memory. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void heads_that_do_not_end_cost_a_little_memory_and_are_cut(String method) {
        try (var server = CountedServer.start(folder, Settings.defaults().shortRequests());
                var many = new Many()) {
            long before = heapBytes();
            String head = method + " /api/notes HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\n";
            for (int i = 0; i < COUNT; i++) {
                many.add(server.connect().send(head + "X: " + "x".repeat(HEAD_BYTES)));
            }
            serves(server);
            assertThat(heapBytes() - before).isLessThan(COUNT * 8L * HEAD_BYTES);
            many.all().forEach(peer -> assertThat(peer.answer().status()).isEqualTo(408));
            serves(server);
        }
    }

    private static void serves(CountedServer server) {
        try (RawConnection friend = server.connect()) {
            assertThat(friend.send(Asking.request(Transport.HTTP)).answer().status())
                    .isEqualTo(200);
        }
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void of_one_address_only_so_many_are_let_in() {
        var limits = new ClientLimits(50, 0, 0, 0, true);
        try (var server = CountedServer.start(folder, Settings.defaults().clients(limits));
                var many = new Many()) {
            for (int i = 0; i < COUNT; i++) {
                many.add(server.connect());
            }
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.meter().refusals(Refusal.CONNECTIONS) == COUNT - 50);
            server.awaitConnected(Transport.HTTP, 50);
            assertThat(server.meter().endings())
                    .allMatch(ending -> ending.cause() == DisconnectCause.REFUSED);
        }
    }

    /** Connections that are closed in the end. */
    private static final class Many implements AutoCloseable {
        private final List<RawConnection> all = new ArrayList<>();

        void add(RawConnection one) {
            all.add(one);
        }

        List<RawConnection> all() {
            return all;
        }

        @Override
        public void close() {
            all.forEach(RawConnection::close);
        }
    }
}
