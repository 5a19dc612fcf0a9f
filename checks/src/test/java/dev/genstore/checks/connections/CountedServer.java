package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.RecordingMeter.Ending;
import dev.genstore.checks.harness.Settings;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.Precondition;
import dev.genstore.wire.DisconnectCause;
import dev.genstore.wire.Transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** A server in this process whose connections are counted, and those of its tables that can be seen. */
final class CountedServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RecordingMeter meter = new RecordingMeter();
    private final TestServer server;

    private CountedServer(Path folder, Settings settings, UnaryOperator<GenstoreBuilder> change) {
        server = TestServer.start(
                folder,
                builder -> change.apply(
                        builder.wire(settings.make()).meters(CommitMeter.NONE, meter)));
    }

    static CountedServer start(Path folder, Settings settings) {
        return start(folder, settings, builder -> builder);
    }

    static CountedServer start(
            Path folder, Settings settings, UnaryOperator<GenstoreBuilder> change) {
        return new CountedServer(folder, settings, change);
    }

    RecordingMeter meter() {
        return meter;
    }

    Genstore store() {
        return server.store();
    }

    RawConnection connect() {
        return RawConnection.to(server.port());
    }

    /** A peer that has another address of this machine. */
    RawConnection connectFrom(String address) {
        return RawConnection.from(address, server.port());
    }

    /**
     * A peer for which the kernel keeps little, however it reads. With much less than this, Linux
     * first promises more room than it has and then drops what it is sent, acknowledgements too.
     */
    RawConnection connectNarrow() {
        return RawConnection.to(server.port(), 64 << 10);
    }

    RawWebSocket watch(String target) {
        return RawWebSocket.open(connect(), target);
    }

    /** Makes a resource with so much in it. */
    void create(String collection, int bytes) {
        store().resources().create(collection, json(bytes, 0));
    }

    /** Makes so many resources. */
    void create(String collection, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            create(collection, bytes);
        }
    }

    /** Replaces a resource by one with so much in it. */
    void replace(String collection, String id, int bytes, int number) {
        store().resources().put(collection, id, json(bytes, number), Precondition.NONE);
    }

    private static byte[] json(int bytes, int number) {
        String json = "{\"number\":" + number + ",\"text\":\"" + "x".repeat(bytes) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    void awaitConnected(Transport transport, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meter.open(transport)).isEqualTo(count));
    }

    /** Waits until a connection ended so, and nothing is left of it. It was the only one. */
    void awaitEnding(Transport transport, DisconnectCause cause) {
        awaitEndings(new Ending(transport, cause));
    }

    /** Waits until connections ended so, and nothing is left of them. There were no others. */
    void awaitEndings(Ending... endings) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(meter.endings()).containsExactlyInAnyOrder(endings));
        awaitNobody();
    }

    /** Waits until one connection has been refused, and no other has ended. */
    void awaitRefusal() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meter.endings())
                        .containsExactly(new Ending(Transport.HTTP, DisconnectCause.REFUSED)));
    }

    /** Waits until no connection and no watch is left. */
    void awaitNobody() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(meter.open()).isEmpty();
            assertThat(store().feedCount()).isZero();
        });
    }

    /** Waits until nothing is held of any body or answer. */
    void awaitNothingHeld() {
        awaitHeld(held -> held == 0);
    }

    /** Waits until as many bytes of bodies and answers are held as are expected. */
    void awaitHeld(LongPredicate expected) {
        await().atMost(PATIENCE).until(() -> expected.test(store().heldBytes()));
    }

    /** Stops it in the middle of a test. */
    void stop() {
        close();
    }

    @Override
    public void close() {
        server.close();
    }
}
