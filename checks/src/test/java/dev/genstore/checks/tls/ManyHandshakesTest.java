package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.Transport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.SSLSocket;

/** Handshakes that are begun and not ended are bounded, cost little, and keep nobody from being served. */
@Timeout(120)
class ManyHandshakesTest {
    private static final int COUNT_MAX = 1_000;
    private static final long EACH_BYTES_MAX = 64 << 10;
    private static final byte[] HELLO = ClientHello.offering(ClientHello.TLS_1_2, 0xC02F);

    private final SecureServer server = new SecureServer(
            Settings.defaults()
                    .requestTimeout(Duration.ofSeconds(60))
                    .entrance(Entrance.DEFAULT)
                    .make()
                    .withSender(null),
            TestIdentity.shared());
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private void send(byte[] bytes, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = server.plain();
            sockets.add(socket);
            socket.getOutputStream().write(bytes);
        }
    }

    @Test
    void halves_of_handshakes_cost_a_little_memory_and_the_oldest_gives_way() throws IOException {
        HttpClient known = server.client(HttpClient.Version.HTTP_1_1);
        assertThat(server.get(known, "/api").statusCode()).isEqualTo(200);
        long before = memoryBytes();
        send(Arrays.copyOf(HELLO, HELLO.length - 1), COUNT_MAX);
        await().atMost(SecureServer.PATIENCE).until(() -> server.open(Transport.HTTP) >= COUNT_MAX);
        assertThat(memoryBytes() - before).isLessThan(COUNT_MAX * EACH_BYTES_MAX);
        shakeHands();
        server.awaitEnding(DisconnectCause.REFUSED);
        assertThat(sockets.getFirst().getInputStream().read()).isNegative();
        assertThat(server.get(known, "/api").statusCode()).isEqualTo(200);
    }

    /** What is computed for those who then say nothing more waits behind others, and is not for ever. */
    @Test
    void a_flood_of_handshakes_keeps_nobody_from_being_served() throws IOException {
        HttpClient known = server.client(HttpClient.Version.HTTP_1_1);
        assertThat(server.get(known, "/api").statusCode()).isEqualTo(200);
        send(HELLO, 2 * COUNT_MAX);
        assertThat(server.get(known, "/api").statusCode()).isEqualTo(200);
        shakeHands();
        await().atMost(SecureServer.PATIENCE)
                .until(() -> server.open(Transport.HTTP) <= COUNT_MAX + 1);
    }

    private void shakeHands() throws IOException {
        try (SSLSocket friend = server.secure("TLSv1.3")) {
            friend.startHandshake();
            assertThat(friend.getSession().isValid()).isTrue();
        }
    }

    /** On the heap and beside it. */
    private static long memoryBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
