package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.config.SettingsReader;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The help of each command, and its examples, which bash takes apart as it does for a user. */
class HelpTest {
    /** A genstore that only notes with what it was called. */
    private static final String NOTING = """
            exec 9>calls
            genstore() { local IFS=$'\\037'; printf '%s\\n' "$*" >&9; }
            """;

    @TempDir
    Path folder = Path.of("");

    private static CommandSpec all() {
        var out = new PrintWriter(new StringWriter());
        var reader = new SettingsReader(Map.of(), Path.of(""));
        return new Commands(reader, settings -> ExitCode.OK, out, out).all();
    }

    static List<String> commands() {
        return below(all()).map(CommandSpec::qualifiedName).toList();
    }

    private static Stream<CommandSpec> below(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .flatMap(each -> Stream.concat(Stream.of(each), below(each)));
    }

    private static CommandSpec spec(String command) {
        return below(all())
                .filter(each -> each.qualifiedName().equals(command))
                .findFirst()
                .orElseThrow();
    }

    private String help(String command) {
        return CliRig.run(folder, "", Map.of(), command.split(" ")).well();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_has_a_help(String command) {
        String names = command.replaceFirst("genstore ", "");
        String help = help(names + " --help");
        assertThat(help).startsWith("Usage: " + command + " ");
        assertThat(help("help " + names)).isEqualTo(help);
        String above = names.contains(" ") ? names.replaceFirst(" .*", "") : "";
        assertThat(help((above + " --help").strip()))
                .containsPattern("\n  " + names.replaceFirst(".* ", "") + " +\\S");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_has_examples_that_can_be_typed(String command)
            throws IOException, InterruptedException {
        List<String> footer = List.of(spec(command).usageMessage().footer());
        assertThat(footer).contains(Model.EXAMPLES);
        List<String> examples = footer.subList(footer.indexOf(Model.EXAMPLES) + 1, footer.size());
        assertThat(examples).isNotEmpty();
        Files.createDirectories(folder.resolve(".config/fish/completions"));
        for (String example : examples) {
            assertThat(calls(example)).isNotEmpty().allSatisfy(HelpTest::requireUnderstood);
        }
    }

    /** The arguments of each call of genstore that this line makes. */
    private List<String> calls(String line) throws IOException, InterruptedException {
        Shell.said(folder, "", List.of("bash", "--norc", "-c", NOTING + line));
        return Files.readAllLines(folder.resolve("calls"));
    }

    private static void requireUnderstood(String call) {
        CommandLine.ParseResult parsed = all().commandLine().parseArgs(call.split("\u001f", -1));
        assertThat(parsed.hasSubcommand()).as(call).isTrue();
    }
}
