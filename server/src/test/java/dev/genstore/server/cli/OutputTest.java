package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;

/** What becomes of a command when what it says has no place to go. */
class OutputTest extends CommandsOnServer {
    @BeforeEach
    void fill() {
        rig.fill("notes", 3);
    }

    /** Takes so many lines, and then no more. */
    private static final class Full extends OutputStream {
        private final String why;
        private int linesLeft;

        private Full(String why, int linesMax) {
            this.why = why;
            linesLeft = linesMax;
        }

        @Override
        public void write(int single) throws IOException {
            if (linesLeft == 0) {
                throw new IOException(why);
            }
            linesLeft -= single == '\n' ? 1 : 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get notes/1",
                "ls notes",
                "ls notes --output json",
                "put notes/4 {}",
                "watch notes --since 0 --until-synced",
                "export notes",
                "backup monday",
                "verify",
                "completion bash",
                "man watch",
                "watch --help",
                "help",
                "--version"
            })
    void what_can_not_be_written_is_a_failure(String line) {
        Said said = rig.runInto(new Full("No space left on device", 0), line.split(" "));
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err())
                .contains("What was asked for can't be written: No space left on device.")
                .doesNotContain("\tat ", "Exported");
    }

    @Test
    void a_watch_ends_in_front_of_an_event_that_it_could_not_show() {
        String[] command = {"watch", "notes", "--since", "0", "--resume", "position"};
        assertThat(rig.runInto(new Full("No space left on device", 2), command).code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("position")).content().matches("\\w+-2\\R");
        assertThat(rig.run("watch", "notes", "--resume", "position", "--until-synced")
                        .well())
                .containsOnlyOnce("\"type\"")
                .contains("\"subject\":\"2\"");
    }

    @Test
    void a_reader_who_has_enough_ends_a_watch_without_a_word() {
        Said said = rig.runInto(new Full("Broken pipe", 2), "watch", "notes", "--since", "0");
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).isEmpty();
    }
}
