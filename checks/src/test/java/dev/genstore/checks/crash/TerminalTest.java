package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Field;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.server.Main;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is for people only. The terminal is one of {@code script(1)}, where Linux has that. */
class TerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String ESCAPE = "\u001b";
    private static final String GREEN = ESCAPE + "[32mgood" + ESCAPE + "[0m";
    private static final List<Field> JSON = List.of(new Field("Content-Type", "application/json"));

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
    }

    @Test
    void there_are_no_colours_where_a_program_reads() throws IOException {
        assertThat(said(doctor(), Map.of("TERM", "xterm")))
                .contains("good  Java")
                .doesNotContain(ESCAPE);
    }

    @Test
    void there_are_colours_on_a_terminal_unless_somebody_says_no() throws IOException {
        if (hasTerminal()) {
            List<String> seen = onTerminal(doctor());
            assertThat(said(seen, Map.of("TERM", "xterm"))).contains(GREEN + "  Java");
            assertThat(said(seen, Map.of("TERM", "xterm", "NO_COLOR", "1")))
                    .contains("good  Java")
                    .doesNotContain(ESCAPE);
            assertThat(said(seen, Map.of("TERM", "dumb"))).doesNotContain(ESCAPE);
        }
    }

    @Test
    void who_exports_sees_how_far_it_is() throws IOException {
        try (ServerProcess server = Launch.serve(folder).start()) {
            List<String> export = exportOf(server, "{}");
            assertThat(said(export, Map.of())).contains("Exported: 1 rows").doesNotContain("%");
            if (hasTerminal()) {
                assertThat(said(onTerminal(export), Map.of("TERM", "xterm")))
                        .contains("[" + "=".repeat(30) + "] 100 %", "Exported: 1 rows");
            }
        }
    }

    @Test
    void what_ends_an_import_stands_on_a_line_of_its_own() throws IOException {
        Files.writeString(folder.resolve("rows.ndjson"), "{}\n{\n");
        try (ServerProcess server = Launch.serve(folder).start()) {
            List<String> seen = command(
                    "import", "notes", "rows.ndjson", "--server", server.url().toString());
            if (hasTerminal()) {
                assertThat(said(onTerminal(seen), Map.of("TERM", "xterm")))
                        .contains("\r" + ESCAPE + "[KThe first 0 rows are written");
            }
        }
    }

    /** A locale of the last century, with which Java would write question marks. */
    @Test
    void a_program_reads_utf_8_whatever_a_terminal_would_show() throws IOException {
        try (ServerProcess server = Launch.serve(folder).start()) {
            List<String> export = exportOf(server, "{\"t\":\"€\"}");
            assertThat(said(export, Map.of("JAVA_TOOL_OPTIONS", "-Dstdout.encoding=ISO-8859-1")))
                    .contains("{\"id\":\"1\",\"t\":\"€\"}");
        }
    }

    /** Has one note there, and exports it. */
    private List<String> exportOf(ServerProcess server, String note) {
        byte[] body = note.getBytes(StandardCharsets.UTF_8);
        RawHttp.send(server.url().getPort(), "PUT", "/api/notes/1", JSON, body);
        return command("export", "notes", "--server", server.url().toString());
    }

    private List<String> doctor() {
        return command("doctor", "--port", "0", "--data", folder + "/data");
    }

    private List<String> command(String... arguments) {
        return Launch.of(folder, Main.class, arguments).command();
    }

    private static boolean hasTerminal() {
        return Files.isExecutable(SCRIPT) && Files.isDirectory(Path.of("/proc/self/fd"));
    }

    private static List<String> onTerminal(List<String> command) {
        String typed =
                command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return List.of(SCRIPT.toString(), "-qec", typed, "/dev/null");
    }

    private String said(List<String> command, Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
