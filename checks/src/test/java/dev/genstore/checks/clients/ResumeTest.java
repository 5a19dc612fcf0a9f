package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.resource.Position;
import dev.genstore.testkit.FaultyNetwork;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Every client is told everything, once and in order, however its connection ends. */
@ExtendWith(Clients.class)
class ResumeTest {
    /** Fewer than any twenty notes take on the wire. */
    private static final int CUT_BYTES_MAX = 4_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Notes notes = new Notes(seed);
    private Site site;
    private Position start;
    private Journal journal;
    private Reader reader;
    private Client.Connection following = () -> {};

    @BeforeEach
    void start(@TempDir Path folder, TestInfo test) {
        site = new Site(folder);
        notes.write(site.server(), 5);
        start = notes.head(site.server());
        journal = new Journal(test.getDisplayName(), start.toString());
        reader = new Reader(journal);
    }

    @AfterEach
    void stop() {
        leave();
        site.close();
    }

    static List<Client> clients() {
        return Clients.all();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_that_is_there_is_told_as_it_happens(Client client) {
        followLive(client, site.notes());
        for (int i = 0; i < 5; i++) {
            writeAndAwait(1);
        }
        assertComplete();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_that_leaves_and_comes_back_has_missed_nothing(Client client) {
        follow(client, site.notes());
        writeAndAwait(10);
        leave();
        notes.write(site.server(), 10);
        follow(client, site.notes());
        writeAndAwait(10);
        assertComplete();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_whose_connection_is_cut_anywhere_has_missed_nothing(Client client) {
        try (var network = FaultyNetwork.before(site.address())) {
            URI url = Site.notesAt(network.address().getPort());
            followLive(client, url);
            writeAndAwait(5);
            network.cutAfter(random.nextInt(CUT_BYTES_MAX));
            notes.write(site.server(), 20);
            await().atMost(Journal.PATIENCE).until(() -> network.cuts() == 1);
            notes.write(site.server(), 10);
            comeBack(client, url);
            writeAndAwait(10);
            assertComplete();
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_has_missed_nothing_when_the_server_restarts(Client client) {
        follow(client, site.notes());
        writeAndAwait(10);
        site.stop();
        site.startAgain();
        notes.write(site.server(), 10);
        comeBack(client, site.notes());
        writeAndAwait(10);
        assertComplete();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_from_another_history_starts_over(Client client) {
        journal = new Journal(client.toString(), "elsewhere-1");
        follow(client, site.notes());
        await().atMost(Journal.PATIENCE)
                .untilAsserted(() -> assertThat(journal.changes())
                        .as("%s, seed %d", journal, seed)
                        .isEqualTo(notes.state()));
        assertThat(journal.resets()).isEqualTo(1);
    }

    private void follow(Client client, URI url) {
        leave();
        reader = new Reader(journal);
        following = client.follow(url, journal.position(), reader);
    }

    /** Follows, and has caught up; only pages do not say so. */
    private void followLive(Client client, URI url) {
        follow(client, url);
        if (client.way() != Client.Way.PAGES) {
            journal.awaitSynced();
        }
    }

    private void leave() {
        reader.leave();
        following.close();
        following = () -> {};
    }

    /** Does by hand what some clients do by themselves. */
    private void comeBack(Client client, URI url) {
        if (!client.comesBack()) {
            journal.awaitEndings(1);
            follow(client, url);
        }
    }

    private void writeAndAwait(int count) {
        notes.write(site.server(), count);
        journal.awaitThrough(notes.head());
    }

    private void assertComplete() {
        assertThat(journal.changes())
                .as("%s, seed %d", journal, seed)
                .isEqualTo(notes.after(start));
    }
}
