package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;

/** A server that stops says so, and when to come back. */
@ExtendWith(Clients.class)
class GoodbyeTest {
    @TempDir
    private Path folder;

    static List<Client> clients() {
        return Clients.streams().stream().filter(client -> !client.comesBack()).toList();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_is_told_that_the_server_goes(Client client) {
        Journal journal = followUntilTheServerStops(client);
        switch (journal.endings().getFirst()) {
            case Ending.Closed(int code, String reason) -> {
                assertThat(client.way()).isEqualTo(Client.Way.WEBSOCKET);
                assertThat(code).isEqualTo(1001);
                assertThat(reason).matches("retry-after=\\d+");
                assertIsSoon(Integer.parseInt(reason.replaceFirst(".*=", "")));
            }
            case Ending.Finished() -> assertThat(client.way()).isNotEqualTo(Client.Way.WEBSOCKET);
            case Ending.Broken(String why) -> throw new AssertionError(why);
        }
    }

    /** Of all clients only this one shows the field. */
    @Test
    void an_event_stream_says_when_to_come_back() {
        Journal journal = followUntilTheServerStops(JdkLines.events());
        assertThat(journal.retriesMillis()).singleElement().satisfies(GoodbyeTest::assertIsSoon);
    }

    private Journal followUntilTheServerStops(Client client) {
        var journal = new Journal(client.toString(), "0");
        try (var site = new Site(folder)) {
            client.follow(site.notes(), journal.position(), new Reader(journal));
            journal.awaitSynced();
        }
        journal.awaitEndings(1);
        return journal;
    }

    private static void assertIsSoon(int millis) {
        assertThat(millis).isBetween(1, 10_000);
    }
}
