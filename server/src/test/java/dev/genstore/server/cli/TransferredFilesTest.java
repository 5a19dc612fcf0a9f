package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;

/** The files of {@code genstore import} and {@code genstore export}, octet by octet. */
class TransferredFilesTest extends CommandsOnServer {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r.ndjson | {'id':'1','t':'é'}~~{'id':'2'} | 1",
                "r.ndjson | {'id':'1'}~~{'id':'2','t':'é'} | 3",
                "r.csv | id,t~1,é~2,b | 2",
                "r.csv | id,t~1,'a~b'~2,'é' | 4",
                "r.csv | id,é~1,b | 1"
            })
    void what_is_not_utf_8_is_refused_at_its_line(String file, String text, int line)
            throws IOException {
        String rows = text.replace('~', '\n').replace('\'', '"');
        write(file, rows, StandardCharsets.ISO_8859_1);
        Said said = rig.run("import", "notes", file);
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains("Line " + line + ": it is not UTF-8.");
        assertThat(rig.run("export", "notes").well()).isEmpty();
        write(file, rows, StandardCharsets.UTF_8);
        rig.run("import", "notes", file).well();
        assertThat(rig.run("export", "notes").well()).contains("é");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"r.ndjson | {'id':'1'}", "r.csv | id~1"})
    void a_byte_order_mark_is_no_part_of_the_first_row(String file, String text)
            throws IOException {
        String rows = "\ufeff" + text.replace('~', '\n').replace('\'', '"');
        write(file, rows, StandardCharsets.UTF_8);
        rig.run("import", "notes", file).well();
        assertThat(rig.run("export", "notes").well()).isEqualTo("{\"id\":\"1\"}\n");
    }

    @Test
    void an_export_that_gets_no_answer_leaves_the_file_as_it_was() throws IOException {
        rig.fill("notes", 3);
        rig.run("export", "notes", "notes.ndjson").well();
        String whole = Files.readString(folder.resolve("notes.ndjson"));
        Said refused = rig.run("export", "notes", "notes.ndjson", "--filter", "n >");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("notes.ndjson")).hasContent(whole);
        rig.run("export", "notes", "notes.ndjson", "--filter", "n > 1").well();
        assertThat(folder.resolve("notes.ndjson")).hasContent("{\"id\":\"2\",\"n\":2}");
        rig.run("export", "nothing", "notes.ndjson").well();
        assertThat(folder.resolve("notes.ndjson")).isEmptyFile();
    }

    @Test
    void what_comes_with_the_first_page_counts_for_how_fast_it_was() {
        rig.fill("notes", 3);
        assertThat(rig.run("export", "notes", "notes.ndjson").err())
                .containsPattern("Exported: 3 rows in \\S+ s, [1-9]\\d* a second");
    }

    /** Its rows would be left out in silence, or those of the other one be written into the file. */
    @ParameterizedTest
    @ValueSource(strings = {"import", "export"})
    void what_was_kept_of_another_collection_is_not_gone_on_with(String command)
            throws IOException {
        String kept = command.equals("import")
                ? "import " + UUID.randomUUID() + " /api/notes 1 1\n"
                : "export 1 0 /api/notes?limit=1000&cursor=x id,n\n";
        Files.writeString(folder.resolve("state"), kept);
        Files.writeString(folder.resolve("rows.ndjson"), "{\"n\":1}\n{\"n\":2}\n");
        Said said = rig.run(command, "others", "rows.ndjson", "--resume", "state");
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("/api/others", "name another one");
    }

    private void write(String file, String text, Charset charset) throws IOException {
        Files.write(folder.resolve(file), text.getBytes(charset));
    }
}
