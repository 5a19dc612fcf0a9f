package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What the command line tells of itself. */
class AboutCommandsTest {
    @TempDir
    Path folder = Path.of("");

    private Said run(String line) {
        return CliRig.run(folder, "", Map.of(), line.split(" "));
    }

    @Test
    void bash_completes_commands_and_options() throws Exception {
        String script = run("completion bash").well();
        String tries = script + """

                COMP_WORDS=(genstore wat); COMP_CWORD=1; _complete_genstore; echo "${COMPREPLY[@]}"
                COMP_WORDS=(genstore watch --unt); COMP_CWORD=2; _complete_genstore
                echo "${COMPREPLY[@]}"
                """;
        Process bash = new ProcessBuilder("bash", "--norc")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = bash.getOutputStream()) {
            in.write(tries.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines()).containsExactly("watch", "--until-synced");
    }

    @Test
    void fish_and_zsh_are_told_too() {
        assertThat(run("completion zsh").well()).startsWith("autoload").contains("compgen");
        assertThat(run("completion fish").well())
                .contains("complete -c genstore -n '__fish_use_subcommand' -f -a watch -d '")
                .contains("'__fish_seen_subcommand_from watch' -l until-synced -d '")
                .contains("'__fish_seen_subcommand_from watch' -l since -r -d '")
                .contains(
                        "'__fish_seen_subcommand_from key; and __fish_seen_subcommand_from create'"
                                + " -l name -r");
        assertThat(run("completion tcsh").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void each_command_has_a_manual_page() {
        run("man --to pages").well();
        assertThat(folder.resolve("pages"))
                .isDirectoryContaining("glob:**/genstore.1")
                .isDirectoryContaining("glob:**/genstore-watch.1")
                .isDirectoryContaining("glob:**/genstore-key-create.1");
        assertThat(run("man watch").well())
                .startsWith(".TH GENSTORE-WATCH 1 ")
                .contains(".SH SYNOPSIS\n.B genstore watch\n[OPTION]... [PLACE]\n")
                .contains(".B \\-\\-since=POSITION\n");
        assertThat(folder.resolve("pages/genstore-watch.1"))
                .content()
                .isEqualTo(run("man watch").well());
        assertThat(run("man wacth").err()).contains("did you mean watch?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "ls",
                "put",
                "patch",
                "rm",
                "watch",
                "import",
                "export",
                "backup",
                "restore",
                "verify",
                "doctor",
                "bench",
                "completion",
                "man"
            })
    void the_help_of_a_command_has_examples_that_are_right(String command) {
        String help = run(command + " --help").well();
        assertThat(help).startsWith("Usage: genstore " + command + " ").contains("Examples:\n");
        assertThat(run("help " + command).well()).isEqualTo(help);
        assertThat(run("--help").well()).containsPattern("\n  " + command + " +\\S");
    }

    @Test
    void the_bench_measures_and_leaves_nothing() throws IOException {
        try (CliRig rig = CliRig.start(folder)) {
            String table = rig.run("bench", "--seconds", "1", "--writers", "2", "--watchers", "3")
                    .well();
            assertThat(table).containsPattern("(?s)WHAT .*\nwrites +[1-9].* ms\ndeliveries +[1-9]");
            assertThat(count(table, "deliveries")).isEqualTo(3 * count(table, "writes"));
            assertThat(rig.run("ls").well()).containsPattern("bench-\\w+ +\\S+ +0 ");
        }
    }

    private static int count(String table, String row) {
        return Integer.parseInt(table.replaceFirst("(?s).*\n" + row + " +(\\d+).*", "$1"));
    }
}
