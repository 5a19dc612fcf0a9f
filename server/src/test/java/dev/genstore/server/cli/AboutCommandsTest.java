package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the command line tells of itself. */
class AboutCommandsTest {
    @TempDir
    Path folder = Path.of("");

    private Said run(String line) {
        return CliRig.run(folder, "", Map.of(), line.split(" "));
    }

    @Test
    void each_command_has_a_manual_page() throws IOException {
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
        assertThat(run("man key create").well())
                .isEqualTo(Files.readString(folder.resolve("pages/genstore-key-create.1")))
                .contains(".SH EXAMPLES\n.nf\ngenstore key create ", ".BR genstore\\-key (1)\n");
        assertThat(run("man wacth").err()).contains("did you mean watch?");
        assertThat(run("man key crate").err()).contains("did you mean create?");
    }

    /** Where there is groff, which is what man makes of a page what is seen. */
    @Test
    void the_manual_pages_are_what_groff_understands() throws Exception {
        run("man --to pages").well();
        var command = new ArrayList<>(List.of("groff", "-man", "-ww", "-z"));
        try (Stream<Path> pages = Files.list(folder.resolve("pages"))) {
            pages.map(Path::toString).forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(20);
        if (Shell.isThere("groff")) {
            assertThat(Shell.said(folder, "", command)).isEmpty();
        }
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
