package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@link FaultyNetwork}, before a server that does nothing by itself. */
class FaultyNetworkTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 50;

    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private ServerSocket listener;
    private FaultyNetwork network;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        listener = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"));
        network = FaultyNetwork.before((InetSocketAddress) listener.getLocalSocketAddress());
        Thread.ofVirtual().start(this::accept);
        client = new Socket(network.address().getAddress(), network.address().getPort());
        server = accepted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        client.setSoTimeout(PATIENCE_MILLIS);
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                accepted.add(listener.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        network.close();
        listener.close();
        client.close();
        server.close();
    }

    @Test
    void bytes_and_ends_pass_both_ways() throws IOException {
        send(client, 3);
        assertThat(server.getInputStream().readNBytes(3)).hasSize(3);
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        send(server, 100_000);
        server.close();
        assertThat(client.getInputStream().readAllBytes()).hasSize(100_000);
        assertThat(network.bytesToServer()).isEqualTo(3);
        assertThat(network.bytesToClients()).isEqualTo(100_000);
    }

    @Test
    void a_cut_resets_both_sides_and_lets_new_connections_in() throws Exception {
        network.cut();
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> server.getInputStream().read())
                .isInstanceOf(SocketException.class);
        try (var other = new Socket(
                        network.address().getAddress(), network.address().getPort());
                Socket end = accepted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            send(other, 1);
            assertThat(end.getInputStream().read()).isZero();
        }
    }

    @Test
    void a_cut_after_some_bytes_comes_right_behind_them() throws IOException {
        network.cutAfter(5);
        send(server, 3);
        assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
        send(server, 3);
        assertThatThrownBy(() -> server.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThat(network.bytesToClients()).isEqualTo(5);
    }

    @Test
    void silence_holds_bytes_and_ends_until_it_heals() throws IOException {
        network.silence();
        send(client, 2);
        client.shutdownOutput();
        server.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> server.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);
        server.setSoTimeout(PATIENCE_MILLIS);
        network.heal();
        assertThat(server.getInputStream().readAllBytes()).hasSize(2);
    }

    @Test
    void a_delay_makes_bytes_late_both_ways() throws IOException {
        network.delay(Duration.ofMillis(40));
        long startNanos = System.nanoTime();
        send(client, 1);
        assertThat(server.getInputStream().read()).isZero();
        send(server, 1);
        assertThat(client.getInputStream().read()).isZero();
        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(80_000_000L);
    }

    @Test
    void a_throttled_network_takes_its_time() throws IOException {
        network.throttle(10_000);
        long startNanos = System.nanoTime();
        send(server, 2_000);
        assertThat(client.getInputStream().readNBytes(2_000)).hasSize(2_000);
        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(190_000_000L);
    }

    /** A port that is bound and not listened on refuses, and nobody else can take it meanwhile. */
    @Test
    void a_server_that_is_not_there_resets_the_client() throws IOException {
        try (var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(listener.getInetAddress(), 0));
            var nowhere = (InetSocketAddress) reserved.getLocalSocketAddress();
            try (var before = FaultyNetwork.before(nowhere);
                    var late = new Socket(
                            before.address().getAddress(), before.address().getPort())) {
                late.setSoTimeout(PATIENCE_MILLIS);
                assertThatThrownBy(() -> late.getInputStream().read())
                        .isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void closing_it_cuts_what_there_is() throws IOException {
        assertThat(network.connections()).isEqualTo(1);
        network.close();
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
    }

    private static void send(Socket socket, int count) throws IOException {
        socket.getOutputStream().write(new byte[count]);
    }
}
