package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What keeps a server from starting is one sentence and exit code 1, and harms nothing. */
class StartRefusedTest {
    private static final int FAILED = 1;

    @TempDir
    private Path folder;

    @Test
    void a_second_server_on_the_folder_refuses_and_the_first_one_goes_on() throws Exception {
        try (ServerProcess first = Launch.serve(folder).start()) {
            requireRefusal(
                    Launch.serve(folder),
                    ".*/data is in use by another Genstore \\(process [0-9]+\\); stop that one or choose"
                            + " another folder\\.");
            assertThat(new Requests(first.url()).put("/api/notes/1", "{}").statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void a_port_that_is_taken_is_refused() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Launch launch = Launch.of(
                    folder,
                    Main.class,
                    "serve",
                    "--port",
                    port,
                    "--data",
                    folder.resolve("data").toString());
            requireRefusal(
                    launch,
                    "Can't listen on 127\\.0\\.0\\.1:" + port
                            + ": the port is in use; stop what uses it or choose another one\\.");
        }
    }

    @Test
    void a_hole_in_the_log_is_refused() throws Exception {
        StoppedStore store = StoppedStore.make(folder.resolve("data"), 3);
        store.change("DELETE FROM log WHERE revision = 2");
        requireRefusal(
                Launch.serve(folder),
                ".*genstore\\.db is damaged: its history goes from 1 to 3, but it has .*"
                        + " Restore the folder from a backup\\.");
    }

    @Test
    void a_log_that_lacks_its_end_is_refused() throws Exception {
        StoppedStore store = StoppedStore.make(folder.resolve("data"), 3);
        store.change("DELETE FROM log WHERE revision = 3");
        requireRefusal(Launch.serve(folder), ".*genstore\\.db is damaged: .*");
    }

    /** SQLite alone would take it for the end and drop what was acknowledged behind it. */
    @Test
    void a_write_ahead_log_with_two_bad_bytes_in_its_middle_is_refused() throws Exception {
        try (ServerProcess killed = Launch.serve(folder).start()) {
            var requests = new Requests(killed.url());
            for (int i = 0; i < 100; i++) {
                assertThat(requests.put("/api/notes/" + i, "{}").statusCode()).isEqualTo(201);
            }
        }
        Path wal = folder.resolve("data").resolve("genstore.db-wal");
        byte[] bytes = Files.readAllBytes(wal);
        bytes[bytes.length / 2] ^= 0x55;
        bytes[bytes.length / 2 + 1] ^= 0x55;
        Files.write(wal, bytes);
        requireRefusal(
                Launch.serve(folder),
                ".*genstore\\.db-wal is damaged at byte [0-9]+ or behind it, and what was written"
                        + " later can't be read; restore the folder from a backup\\.");
        assertThat(wal).hasBinaryContent(bytes);
    }

    /** Nobody can say whom it would let in. */
    @Test
    void a_file_of_keys_that_can_not_be_read_is_refused() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("keys.json"), "{\"keys\":[{}]}");
        requireRefusal(
                Launch.serve(folder),
                ".*keys\\.json is not a file of keys any more; restore it, or delete it and make new"
                        + " keys\\.");
    }

    private static void requireRefusal(Launch launch, String sentence) {
        try (ServerProcess refused = launch.spawn()) {
            assertThat(refused.awaitExit()).isEqualTo(FAILED);
            List<String> said = refused.errors().lines().toList();
            assertThat(said).singleElement().asString().matches(sentence);
        }
    }
}
