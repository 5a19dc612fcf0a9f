package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code genstore import} and {@code genstore export}, against a real server. */
class TransferCommandsTest extends CommandsOnServer {
    @Test
    void what_is_exported_is_imported_as_the_same_in_both_forms() throws IOException {
        rig.run("put", "notes/1", "{\"t\":\"a,\\\"b\\\"\\nc\",\"n\":12.5,\"e\":\"\",\"z\":null}")
                .well();
        rig.run("put", "notes/2", "{\"t\":\"12\",\"n\":[1,{\"a\":\"é\"}],\"e\":\"null\"}")
                .well();
        rig.run("put", "notes/3", "{\"t\":\" x \",\"n\":true}").well();
        for (String file : new String[] {"notes.csv", "notes.ndjson"}) {
            rig.run("export", "notes", file).well();
            String there = "of-" + file.replaceFirst(".*\\.", "");
            rig.run("import", there, file).well();
            rig.run("export", there, "again").well();
            assertThat(rig.run("export", there).well())
                    .isEqualTo(rig.run("export", "notes").well());
        }
        assertThat(folder.resolve("notes.csv")).content().startsWith("id,t,n,e,z\n1,\"a,");
        assertThat(Files.readAllLines(folder.resolve("notes.ndjson"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void many_rows_go_both_ways(String form) throws IOException {
        String file = "many." + form;
        rig.fill("notes", 2500);
        Said said = rig.run("export", "notes", file);
        said.well();
        assertThat(said.err()).startsWith("Exported: 2500 rows in ");
        assertThat(rig.run("import", "copies", file).err()).startsWith("Imported: 2500 rows in ");
        assertThat(rig.run("export", "copies").well())
                .isEqualTo(rig.run("export", "notes").well());
    }

    @Test
    void a_person_writes_csv_without_thinking_of_json() throws IOException {
        Files.writeString(folder.resolve("p.csv"), """
                \ufeffid,name,size,tags
                7,Ada Lovelace,12,"[""a"",""b""]"\r
                8,"Grace ""Amazing"" Hopper",,
                """);
        rig.run("import", "people", "p.csv").well();
        assertThat(rig.run("export", "people").well()).isEqualToNormalizingNewlines("""
                {"id":"7","name":"Ada Lovelace","size":12,"tags":["a","b"]}
                {"id":"8","name":"Grace \\"Amazing\\" Hopper"}
                """);
    }

    @Test
    void only_some_resources_and_members_are_exported() {
        rig.fill("notes", 20);
        assertThat(rig.run(
                                "export",
                                "notes",
                                "--format",
                                "csv",
                                "--filter",
                                "n >= 18",
                                "--fields",
                                "id,n,_revision")
                        .well())
                .isEqualTo("id,n,_revision\n18,18,19\n19,19,20\n");
    }

    @Test
    void a_wrong_row_is_named_by_its_line_and_those_before_its_batch_are_there()
            throws IOException {
        String rows = IntStream.range(0, 10)
                .mapToObj(i -> "{\"id\":\"" + (i == 6 ? "a b" : i) + "\"}")
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("rows.ndjson"), rows);
        Said said = rig.run("import", "notes", "rows.ndjson", "--batch", "3");
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains("line 7", "The first 6 rows are written");
        assertThat(rig.run("export", "notes").well().lines()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r.ndjson | {\"a\":1}~{\"a\": | Line 2: ",
                "r.ndjson | [1] | Line 1: it is no JSON object.",
                "r.csv | a,b~1,2~3 | Line 3: it has 1 cells, and there are 2 columns.",
                "r.csv | a,a~1,2 | Line 1: a column has no name, or two have the same.",
                "r.csv | a~\"x | Line 2: a quoted cell does not end.",
                "r.csv | a~\"x\"y | Line 2: something stands behind a quoted cell."
            })
    void what_is_no_row_is_told_with_its_line(String file, String text, String told)
            throws IOException {
        Files.writeString(folder.resolve(file), text.replace('~', '\n'));
        Said said = rig.run("import", "notes", file);
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains(told).doesNotContain("\tat ");
    }

    @Test
    void an_import_that_broke_goes_on_and_writes_no_row_twice() throws IOException {
        String good = IntStream.range(0, 10)
                .mapToObj(i -> "{\"n\":" + i + "}\n")
                .collect(Collectors.joining());
        Path file = folder.resolve("rows.ndjson");
        Files.writeString(file, good.replace("{\"n\":7}", "{\"n\":7"));
        String[] command = {"import", "notes", "rows.ndjson", "--batch", "4", "--resume", "state"};
        assertThat(rig.run(command).code()).isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("state")).content().containsPattern("import \\S+ /api/notes 4 4");
        Files.writeString(file, good);
        rig.run(command).well();
        assertThat(folder.resolve("state")).doesNotExist();
        assertThat(rig.run("ls", "notes", "--sort", "n", "--fields", "n", "--output", "json")
                        .well()
                        .lines()
                        .map(line -> line.replaceFirst(".*\"n\":", "")))
                .containsExactly("0}", "1}", "2}", "3}", "4}", "5}", "6}", "7}", "8}", "9}");
    }

    /** As if it had been killed between the answer and its own note of it. */
    @Test
    void a_batch_that_is_sent_again_is_done_once() throws IOException {
        Files.writeString(folder.resolve("rows.ndjson"), "{\"n\":1}\n{\"n\":2}\n{\"n\":");
        String[] command = {"import", "notes", "rows.ndjson", "--batch", "1", "--resume", "state"};
        rig.run(command);
        Path state = folder.resolve("state");
        Files.writeString(state, Files.readString(state).replace(" 1 1", " 0 1"));
        Files.writeString(folder.resolve("rows.ndjson"), "{\"n\":1}\n{\"n\":2}\n");
        rig.run(command).well();
        assertThat(rig.run("export", "notes").well().lines()).hasSize(2);
    }

    @Test
    void an_export_goes_on_behind_the_last_page_that_it_kept() throws IOException {
        rig.fill("notes", 2500);
        String whole = rig.run("export", "notes", "--format", "csv").well();
        long kept =
                whole.lines().limit(1001).mapToLong(line -> line.length() + 1).sum();
        String next = rig.run("get", "notes?limit=1000")
                .well()
                .replaceFirst("(?s).*\"next\":\"([^\"]+)\".*", "$1");
        Files.writeString(folder.resolve("n.csv"), whole.substring(0, (int) kept) + "half a r");
        Files.writeString(
                folder.resolve("state"), "export 1000 " + kept + " " + next.strip() + " id,n\n");
        Said said = rig.run("export", "notes", "n.csv", "--resume", "state");
        said.well();
        assertThat(said.err()).startsWith("Exported: 2500 rows in ");
        assertThat(folder.resolve("n.csv")).hasContent(whole);
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void a_member_without_a_column_is_not_lost_in_silence() {
        rig.fill("notes", 1001);
        rig.run("put", "notes/zzz", "{\"late\":1}").well();
        Said said = rig.run("export", "notes", "--format", "csv");
        assertThat(said.code()).isEqualTo(ExitCode.FAILED);
        assertThat(said.err()).contains("'zzz' has the member 'late'", "--fields");
    }

    @Test
    void rows_come_from_the_standard_input_too() {
        rig.runWith("{\"id\":\"1\"}\n\n{\"id\":\"2\"}", "import", "notes").well();
        rig.runWith("id\n3\n", "import", "notes", "--format", "csv").well();
        assertThat(rig.run("export", "notes").well().lines()).hasSize(3);
    }
}
