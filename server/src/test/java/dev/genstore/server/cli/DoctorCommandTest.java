package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What {@code genstore doctor} finds. */
class DoctorCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Said run(String... more) {
        String[] arguments = new String[1 + more.length];
        arguments[0] = "doctor";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return CliRig.run(folder, "", Map.of(), arguments);
    }

    @Test
    void where_all_is_well_it_says_so_of_each_thing_and_changes_nothing() {
        assertThat(run("--port", "0").well().lines())
                .allMatch(line -> line.matches("(good|fair)  \\S.*"))
                .extracting(line -> line.substring(6, 18).strip())
                .containsExactly(
                        "Genstore",
                        "Java",
                        "Folder",
                        "Store",
                        "Disk",
                        "Clock",
                        "Open files",
                        "Port",
                        "TLS",
                        "Sender",
                        "Credentials");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_port_that_something_else_has_is_bad() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // What connects is closed at once, so that nobody waits for an answer.
            Thread.startVirtualThread(() -> closeAll(taken));
            Said said = run("--port", String.valueOf(taken.getLocalPort()));
            assertThat(said.code()).isEqualTo(ExitCode.FAILED);
            assertThat(said.out()).containsPattern("bad +Port .*can't be had");
        }
    }

    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                server.accept().close();
            } catch (IOException over) {
                return;
            }
        }
    }

    @Test
    void a_folder_that_is_a_file_is_bad() throws IOException {
        Files.createFile(folder.resolve("data"));
        Said said = run("--port", "0");
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.out()).containsPattern("bad +Folder .*is a file");
    }

    @Test
    void an_open_door_is_bad_until_there_is_a_key_or_it_is_wanted() {
        String[] open = {"--port", "0", "--host", "0.0.0.0"};
        Said said = run(open);
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.out()).containsPattern("bad +Credentials .*genstore key create");
        assertThat(run("--port", "0", "--host", "0.0.0.0", "--insecure").well())
                .containsPattern("fair +Credentials");
        ApiKeys.in(folder.resolve("data")).create("test", Set.of("admin"), null);
        assertThat(run(open).well()).containsPattern("good +Credentials .*1 API keys are good");
    }
}
