package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.server.Main;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Commands in processes of their own, beside a server in one of its own. */
class ClientCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Field> JSON = List.of(new Field("Content-Type", "application/json"));

    @TempDir
    private Path folder;

    private int port;

    @BeforeEach
    void findPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @Test
    void a_watch_shows_each_change_once_whatever_becomes_of_the_server() {
        ServerProcess server = serve();
        try (ServerProcess watch = run("watch", "notes", "--since", "0")) {
            put("1");
            assertThat(watch.nextLine()).contains("\"subject\":\"1\"");
            for (int i = 2; i <= 4; i++) {
                server.kill();
                server = serve();
                put(String.valueOf(i));
                assertThat(watch.nextLine()).contains("\"subject\":\"" + i + "\"");
            }
            assertThat(watch.errors()).contains("It is tried again from ");
        } finally {
            server.close();
        }
    }

    @Test
    void a_watch_ends_when_nobody_reads_what_it_shows() {
        try (ServerProcess server = serve();
                ServerProcess watch = run("watch", "notes", "--since", "0")) {
            put("1");
            assertThat(watch.nextLine()).contains("\"subject\":\"1\"");
            watch.stopReading();
            put("2");
            assertThat(watch.awaitExit()).isEqualTo(1);
            assertThat(watch.errors()).isEmpty();
            assertThat(server.isAlive()).isTrue();
        }
    }

    /** A KiB is a write: behind five batches there is one in two seconds. */
    @Test
    void an_import_that_is_killed_while_it_waits_for_its_limit_goes_on() throws IOException {
        String row = "{\"text\":\"" + "x".repeat(2_000) + "\"}\n";
        Files.writeString(folder.resolve("rows.ndjson"), row.repeat(700));
        String[] rows = {"notes", "rows.ndjson", "--batch", "100", "--resume", "state"};
        try (ServerProcess server =
                serve("--writes-per-second", "100", "--loopback-limits", "on")) {
            try (ServerProcess killed = run("import", rows)) {
                await().atMost(PATIENCE).until(() -> rowsWritten() >= 500);
                killed.kill();
            }
            assertThat(rowsWritten()).isLessThan(700);
            ServerProcess again = run("import", rows);
            assertThat(again.awaitExit()).as(again.errors()).isZero();
            assertThat(RawHttp.get(server.url().getPort(), "/api").text())
                    .contains("\"count\":700,");
        }
    }

    private long rowsWritten() throws IOException {
        Path state = folder.resolve("state");
        return Files.exists(state) ? Long.parseLong(Files.readString(state).split(" ", -1)[3]) : 0;
    }

    @Test
    void what_a_killed_server_leaves_is_sound_and_can_be_backed_up_and_restored() {
        try (ServerProcess server = serve()) {
            put("1");
            put("2");
            requireExit(0, "verify", "--data", data());
            requireExit(0, "backup", "beside", "--data", data());
            server.kill();
        }
        requireExit(0, "verify", "--data", data());
        requireExit(0, "backup", "behind", "--data", data());
        requireExit(0, "restore", "behind", "--data", "again");
        requireExit(0, "verify", "--data", "again");
        requireExit(1, "restore", "behind", "--data", "again");
        try (ServerProcess server = serve()) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void a_server_with_a_certificate_of_its_own_is_trusted_if_somebody_says_so()
            throws IOException {
        TestIdentity.shared().write(folder);
        Files.writeString(folder.resolve("ca.pem"), TestIdentity.shared().authorityPem());
        String url = "https://127.0.0.1:" + port;
        try (ServerProcess server =
                serve("--tls-certificate", "server.pem", "--tls-key", "server.key")) {
            requireExit(0, "put", "notes/1", "{}", "--server", url, "--ca", "ca.pem");
            requireExit(6, "get", "notes/1", "--server", url);
            requireExit(2, "get", "notes/1", "--server", url, "--ca", "server.key");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void a_command_ends_with_a_code_that_a_script_can_use() {
        requireExit(6, "get", "notes/1", "--server", url());
        try (ServerProcess server = serve()) {
            put("1");
            requireExit(0, "get", "notes/1", "--server", url());
            requireExit(3, "get", "notes/2", "--server", url());
            requireExit(4, "rm", "notes/1", "--if-match", "7", "--server", url());
            requireExit(2, "get", "notes/1", "--sever", url());
            requireExit(0, "doctor", "--port", String.valueOf(port), "--data", data());
            assertThat(server.isAlive()).isTrue();
        }
    }

    private ServerProcess serve(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--port", String.valueOf(port), "--data", data()));
        arguments.addAll(List.of(more));
        return new Launch(folder, Main.class, arguments).start();
    }

    private ServerProcess run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--server", url()));
        return new Launch(folder, Main.class, arguments).spawn();
    }

    private void requireExit(int code, String... arguments) {
        ServerProcess command = new Launch(folder, Main.class, List.of(arguments)).spawn();
        assertThat(command.awaitExit()).as(command.errors()).isEqualTo(code);
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void put(String id) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(RawHttp.send(port, "PUT", "/api/notes/" + id, JSON, body).status())
                .isEqualTo(201);
    }
}
