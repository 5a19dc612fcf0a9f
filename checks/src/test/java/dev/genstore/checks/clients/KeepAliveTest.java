package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.store.CommitMeter;
import dev.genstore.testkit.FaultyNetwork;
import dev.genstore.wire.DisconnectCause;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Pings every second, with all WebSocket clients at once, each behind a network of its own. */
@ExtendWith(Clients.class)
class KeepAliveTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A masked pong without content. A page sends other bytes, too; the slowest line counts. */
    private static final int PONG_BYTES = 6;

    private final Notes notes = new Notes(1);
    private final WireDiary wire = new WireDiary();
    private Site site;
    private List<Line> lines;

    /** A client, its network and what it was told; confined to the test's thread. */
    private static final class Line {
        private final Client client;
        private final FaultyNetwork network;
        private final Journal journal;
        private Reader reader;
        private Client.Connection following = () -> {};

        Line(Client client, Site site) {
            this.client = client;
            this.network = FaultyNetwork.before(site.address());
            this.journal = new Journal(client.toString(), "0");
            this.reader = new Reader(journal);
        }

        void follow() {
            reader = new Reader(journal);
            following = client.follow(
                    Site.notesAt(network.address().getPort()), journal.position(), reader);
        }

        void leave() {
            reader.leave();
            following.close();
        }
    }

    @BeforeEach
    void connect(@TempDir Path folder) {
        site = new Site(
                folder,
                builder ->
                        builder.wire(Site.wire(Set.of(), SECOND)).meters(CommitMeter.NONE, wire));
        lines = Clients.sockets().stream().map(client -> new Line(client, site)).toList();
        lines.forEach(Line::follow);
        lines.forEach(line -> line.journal.awaitSynced());
    }

    @AfterEach
    void disconnect() {
        lines.forEach(Line::leave);
        lines.forEach(line -> line.network.close());
        site.close();
    }

    @Test
    void a_client_that_answers_pings_stays() {
        List<Long> before = bytesToServer();
        await().atMost(Journal.PATIENCE).until(() -> hasGrown(before, 3 * PONG_BYTES));
        notes.write(site.server(), 1);
        for (Line line : lines) {
            line.journal.awaitThrough(notes.head());
            assertThat(line.journal.endings()).as(line.client.toString()).isEmpty();
        }
        assertThat(wire.causes()).doesNotContain(DisconnectCause.SILENT);
    }

    private List<Long> bytesToServer() {
        return lines.stream().map(line -> line.network.bytesToServer()).toList();
    }

    private boolean hasGrown(List<Long> before, int bytes) {
        List<Long> now = bytesToServer();
        return IntStream.range(0, lines.size()).allMatch(i -> now.get(i) >= before.get(i) + bytes);
    }

    @Test
    void a_client_out_of_reach_is_let_go_and_comes_back_to_everything() {
        notes.write(site.server(), 5);
        lines.forEach(line -> line.journal.awaitThrough(notes.head()));
        lines.forEach(line -> line.network.silence());
        await().atMost(Journal.PATIENCE)
                .until(() -> Collections.frequency(wire.causes(), DisconnectCause.SILENT)
                        == lines.size());
        notes.write(site.server(), 5);
        lines.forEach(Line::leave);
        lines.forEach(line -> line.network.heal());
        lines.forEach(Line::follow);
        notes.write(site.server(), 5);
        for (Line line : lines) {
            line.journal.awaitThrough(notes.head());
            assertThat(line.journal.changes())
                    .as(line.client.toString())
                    .isEqualTo(notes.changes());
        }
    }
}
