package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.RawSocket;
import dev.genstore.resource.Position;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The clients that offer permessage-deflate read a stream that they share with others. */
@ExtendWith(Clients.class)
class CompressionTest {
    private static final int CHANGES = 150;
    private static final int DEFLATED_TEXT = 0xC1;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("clients")
    void a_client_that_offers_compression_is_told_everything_by_the_shared_stream(Client client)
            throws IOException {
        try (var site = new Site(folder);
                RawSocket beside = beside(site)) {
            String start = new Position(site.server().store().resources().epoch(), 0).toString();
            var notes = new Notes(CHANGES);
            var journal = new Journal(client.toString(), start);
            Client.Connection following = client.follow(site.notes(), start, new Reader(journal));
            journal.awaitSynced();
            notes.write(site.server(), CHANGES);
            journal.awaitThrough(notes.head());
            following.close();
            assertThat(journal.changes()).isEqualTo(notes.changes());
            assertThat(firstByteOfEvent(beside))
                    .as("there is a stream only where two can read it")
                    .isEqualTo(DEFLATED_TEXT);
        }
    }

    static List<Client> clients() {
        return Clients.sockets().stream()
                .filter(client -> !(client instanceof JdkSocket)) // it does not offer it
                .toList();
    }

    /** Somebody who can read a stream, and has been told that he is synced. */
    private static RawSocket beside(Site site) throws IOException {
        RawSocket socket = RawSocket.connect(site.server().port());
        socket.send(("GET " + Notes.PATH + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.readHead().status()).isEqualTo(101);
        var in = new DataInputStream(socket.in());
        assertThat(in.readUnsignedByte()).isEqualTo(0x81);
        int length = in.readUnsignedByte();
        in.skipNBytes(length == 126 ? in.readUnsignedShort() : length);
        return socket;
    }

    private static int firstByteOfEvent(RawSocket socket) throws IOException {
        return socket.in().read();
    }
}
