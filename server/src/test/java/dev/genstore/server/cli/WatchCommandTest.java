package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

/** What {@code genstore watch} shows of what has happened; another test follows what happens. */
class WatchCommandTest extends CommandsOnServer {
    private Said watch(String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "watch";
        arguments[1] = "--until-synced";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return rig.run(arguments);
    }

    @Test
    void each_event_is_a_line_as_the_server_tells_it() {
        rig.run("put", "notes/1", "{\"size\":1}").well();
        rig.run("put", "notes/1", "{\"size\":5}").well();
        rig.run("rm", "notes/1").well();
        assertThat(watch("notes", "--since", "0").well().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"specversion\":\"1.0\""));
        assertThat(watch("notes", "--since", "0", "--filter", "size > 3").well().lines())
                .hasSize(2);
        assertThat(watch("--since", "2").well().lines()).hasSize(1);
        assertThat(watch("notes").well()).isEmpty();
    }

    @Test
    void events_can_stand_in_columns() {
        rig.run("put", "notes/1", "{\"title\":\"two\\nlines\\u001b[31m\\u009b31m\"}")
                .well();
        assertThat(watch("notes", "--since", "0", "--data", "none", "--output", "table")
                        .well())
                .matches("\\S+Z  created  \\w+-1  /api/notes/1  .*\\R");
        assertThat(watch("notes", "--since", "0", "--output", "table").well())
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void an_output_and_a_command_for_each_event_exclude_each_other() {
        Said said = watch("notes", "--exec", "true", "--output", "table");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("--output", "--exec");
    }

    @Test
    void it_goes_on_where_its_file_says() {
        rig.run("put", "notes/1", "{}").well();
        assertThat(watch("notes", "--since", "0", "--resume", "position").well().lines())
                .hasSize(1);
        assertThat(folder.resolve("position")).content().matches("\\w+-1\\R");
        rig.run("put", "notes/2", "{}").well();
        assertThat(watch("notes", "--since", "0", "--resume", "position").well())
                .containsOnlyOnce("\"type\"")
                .contains("\"subject\":\"2\"");
        assertThat(watch("notes", "--resume", "position").well()).isEmpty();
    }

    @Test
    void a_command_is_run_for_each_event() throws IOException {
        rig.run("put", "notes/1", "{\"title\":\"milk\"}").well();
        rig.run("rm", "notes/1").well();
        String file = folder.resolve("seen").toString();
        String command = "echo $EVENT_TYPE $EVENT_SOURCE/$EVENT_SUBJECT ${EVENT_ID#*-} >>" + file
                + "; grep -c milk >>" + file + " || true";
        assertThat(watch("notes", "--since", "0", "--exec", command).well()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("seen")))
                .containsExactly("created /api/notes/1 1", "1", "deleted /api/notes/1 2", "0");
    }

    @Test
    void an_event_whose_command_fails_is_told_again() throws IOException {
        rig.run("put", "notes/1", "{}").well();
        rig.run("put", "notes/2", "{}").well();
        String seen = folder.resolve("seen").toString();
        String failing = "echo $EVENT_SUBJECT >>" + seen + "; test $EVENT_SUBJECT = 1";
        Said said = watch("notes", "--since", "0", "--resume", "position", "--exec", failing);
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains("The command of --exec has ended with 1");
        watch("notes", "--resume", "position", "--exec", "echo $EVENT_SUBJECT >>" + seen)
                .well();
        assertThat(Files.readAllLines(folder.resolve("seen"))).containsExactly("1", "2", "2");
    }

    @Test
    void a_command_that_does_not_read_is_done_all_the_same() {
        rig.run("put", "notes/1", "{\"text\":\"" + "x".repeat(200_000) + "\"}").well();
        watch("notes", "--since", "0", "--exec", "exec <&-").well();
    }

    @Test
    void what_the_server_refuses_ends_it() {
        assertThat(watch("notes", "--filter", "size >").code()).isEqualTo(ExitCode.FAILED);
        Said said = watch("notes?since=3");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("--since");
    }
}
