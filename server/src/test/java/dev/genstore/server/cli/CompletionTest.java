package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What shells complete; zsh and fish are asked where they are installed, bash always. */
class CompletionTest {
    @TempDir
    Path folder = Path.of("");

    private String script(String shell) {
        return CliRig.run(folder, "", Map.of(), "completion", shell).well();
    }

    @Test
    void bash_completes_commands_options_and_values() throws Exception {
        String tries = "exec 2>/dev/null\n" + script("bash") + """

                ask() {
                  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                  _complete_genstore; echo "${COMPREPLY[@]}"
                }
                ask genstore wat
                ask genstore watch --unt
                ask genstore key cr
                ask genstore watch --output ""
                ask genstore completion ""
                """;
        assertThat(Shell.said(folder, tries, List.of("bash", "--norc")).lines())
                .containsExactly(
                        "watch", "--until-synced", "create", "json table", "bash zsh fish");
    }

    @Test
    void zsh_takes_what_bash_does() throws Exception {
        assertThat(script("zsh")).startsWith("autoload").contains("compgen");
        if (Shell.isThere("zsh")) {
            String tries = script("zsh") + "\nprint -r -- $_comps[genstore]\n";
            assertThat(Shell.said(folder, tries, List.of("zsh", "-f")))
                    .contains("_complete_genstore");
        }
    }

    @Test
    void fish_is_told_of_commands_options_and_values() {
        assertThat(script("fish"))
                .contains("complete -c genstore -n '__fish_use_subcommand' -f -a watch -d '")
                .contains("'__fish_seen_subcommand_from watch' -l until-synced -d '")
                .contains("'__fish_seen_subcommand_from watch' -l since -r -d '")
                .contains("'__fish_seen_subcommand_from watch' -l output -x -a 'json table' -d '")
                .contains("'__fish_seen_subcommand_from completion' -f -a 'bash zsh fish' -d '")
                .contains(
                        "'__fish_seen_subcommand_from key; and __fish_seen_subcommand_from create'"
                                + " -l name -r");
    }

    @Test
    void fish_completes_what_it_is_told() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("genstore.fish"), script("fish"));
        String tries = "source genstore.fish; complete -C 'genstore wat';"
                + " complete -C 'genstore watch --unt'; complete -C 'genstore watch --output j'";
        if (Shell.isThere("fish")) {
            assertThat(Shell.said(folder, "", List.of("fish", "--no-config", "-c", tries))
                            .lines())
                    .extracting(line -> line.replaceFirst("\t.*", ""))
                    .containsExactly("watch", "--until-synced", "json");
        }
    }

    @Test
    void other_shells_are_not_known() {
        assertThat(CliRig.run(folder, "", Map.of(), "completion", "tcsh").code())
                .isEqualTo(ExitCode.USAGE);
    }
}
