package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.genstore.auth.ApiKeys;
import dev.genstore.server.cli.CliRig.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;

/** The commands that read and write resources, against a real server. */
class ResourceCommandsTest extends CommandsOnServer {
    @Test
    void what_is_put_can_be_got_patched_and_removed() {
        assertThat(rig.run("put", "notes/7", "{\"title\":\"milk\"}").well())
                .contains("\"id\":\"7\"", "\"_revision\":1", "\"title\":\"milk\"");
        assertThat(rig.run("patch", "notes/7", "{\"done\":true}").well())
                .contains("\"_revision\":2", "\"title\":\"milk\"", "\"done\":true");
        assertThat(rig.run("get", "/api/notes/7").well()).contains("\"done\":true");
        assertThat(rig.run("get", "notes/7", "--at", "1").well()).doesNotContain("done");
        assertThat(rig.run("rm", "notes/7").well()).isEmpty();
        assertThat(rig.run("get", "notes/7").code()).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void an_array_is_a_json_patch() {
        rig.run("put", "notes/7", "{\"size\":1}").well();
        String test = "[{\"op\":\"test\",\"path\":\"/size\",\"value\":%d},"
                + "{\"op\":\"replace\",\"path\":\"/size\",\"value\":5}]";
        assertThat(rig.run("patch", "notes/7", test.formatted(1)).well()).contains("\"size\":5");
        assertThat(rig.run("patch", "notes/7", test.formatted(1)).code())
                .isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void what_is_put_comes_from_the_command_line_a_file_or_the_standard_input() throws IOException {
        Files.writeString(folder.resolve("note.json"), "{\"from\":\"file\"}");
        assertThat(rig.run("put", "notes/1", "{\"from\":\"line\"}").well()).contains("line");
        assertThat(rig.run("put", "notes/2", "--file", "note.json").well()).contains("file");
        assertThat(rig.runWith("{\"from\":\"in\"}", "put", "notes/3").well()).contains("\"in\"");
    }

    @Test
    void a_new_resource_in_a_collection_has_an_id_of_the_server() {
        assertThat(rig.run("put", "notes", "{}").well())
                .containsPattern("\"id\":\"[0-9a-f-]{36}\"");
    }

    @Test
    void only_what_one_has_seen_is_replaced_or_removed() {
        rig.run("put", "notes/7", "{\"n\":1}").well();
        rig.run("put", "notes/7", "{\"n\":2}", "--if-match", "1").well();
        assertThat(rig.run("put", "notes/7", "{\"n\":3}", "--if-match", "1").code())
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(rig.run("put", "notes/7", "{}", "--create-only").code())
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(rig.run("rm", "notes/7", "--if-match", "1").code()).isEqualTo(ExitCode.CONFLICT);
        rig.run("rm", "notes/7", "--if-match", "2").well();
    }

    @Test
    void a_list_has_a_column_for_each_member() {
        rig.run("put", "notes/a", "{\"title\":\"two\\nlines\",\"size\":2}").well();
        rig.run("put", "notes/b", "{\"title\":\"" + "x".repeat(70) + "\",\"tags\":[1]}")
                .well();
        assertThat(rig.run("ls", "notes").well())
                .isEqualToNormalizingNewlines("""
                ID  TITLE                                                         SIZE  TAGS
                a   two lines                                                     2
                b   %s…        [1]
                """.formatted("x".repeat(59)));
        assertThat(rig.run("ls").well()).isEqualToNormalizingNewlines("""
                NAME   URL         COUNT  REVISION
                notes  /api/notes  2      2
                """);
    }

    @Test
    void the_name_of_a_member_steers_no_terminal() {
        rig.run("put", "notes/a", "{\"\\u001b]0;x\":1}").well();
        assertThat(rig.run("ls", "notes").well()).contains(" ]0;X").doesNotContain("\u001b");
        assertThat(rig.run("get", "notes/a", "--output", "table").well()).doesNotContain("\u001b");
    }

    @Test
    void a_list_can_be_filtered_sorted_and_cut() {
        for (int i = 1; i <= 5; i++) {
            rig.run("put", "notes/" + i, "{\"size\":" + i + "}").well();
        }
        Said said = rig.run(
                "ls",
                "notes",
                "--filter",
                "size > 1 && size < 5",
                "--sort",
                "-size",
                "--limit",
                "2",
                "--fields",
                "size",
                "--output",
                "json");
        assertThat(said.well())
                .isEqualToNormalizingNewlines(
                        "{\"id\":\"4\",\"_revision\":4,\"size\":4}\n{\"id\":\"3\",\"_revision\":3,\"size\":3}\n");
        assertThat(said.err()).contains("There are more");
    }

    @Test
    void a_list_goes_on_behind_a_page() {
        rig.fill("notes", 1500);
        String all =
                rig.run("ls", "notes", "--limit", "2000", "--output", "json").well();
        assertThat(all.lines().distinct()).hasSize(1500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get notes/7 | 3 | There is nothing here: ",
                "put notes/7 {\"id\":\"8\"} | 1 | /id: ",
                "put notes/7 {\"a\":} | 2 | What is to be sent is not sound JSON",
                "ls notes --filter a>> | 1 | filter",
                "ls notes --output xml | 2 | --output is 'xml'; it must be json or table.",
                "ls notes --limit 0 | 2 | --limit is '0'",
                "get /docs --output table | 2 | no JSON, and so no table",
                "ls notes/7 | 2 | is no collection",
                "rm notes/7 notes/8 --if-match 1 | 2 | --if-match is for one resource",
                "get | 2 | PLACE",
                "get notes/7 --server ftp://x | 2 | --server is 'ftp://x'",
                "get notes/7 --token-file none | 2 | can't be read",
                "get notes/7 --token abc | 2 | Unknown option --token"
            })
    void what_goes_wrong_is_told_and_counted(String line, int code, String told) {
        Said said = rig.run(line.split(" "));
        assertThat(said.code()).as(said.err()).isEqualTo(code);
        assertThat(said.err()).contains(told).doesNotContain("\tat ");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_told() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Said said = rig.run("get", "notes/7", "--server", "127.0.0.1:" + port);
        assertThat(said.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(said.err()).contains("can't be reached", "genstore serve", "GENSTORE_SERVER");
    }

    @Test
    void a_server_that_has_no_tls_is_told() {
        Said said = rig.run("ls", "--server", rig.url().replace("http:", "https:"));
        assertThat(said.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(said.err()).contains("does not speak TLS").doesNotContain("certificate");
    }

    /** Such as a proxy that wants somebody to sign in. */
    @ParameterizedTest
    @ValueSource(strings = {"ls", "ls notes", "export notes"})
    void a_server_that_is_another_one_is_told(String line) throws IOException {
        byte[] page = "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8);
        HttpServer other =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        try {
            String url = "127.0.0.1:" + other.getAddress().getPort();
            Said said = rig.run((line + " --server " + url).split(" "));
            assertThat(said.code()).isEqualTo(ExitCode.FAILED);
            assertThat(said.err()).contains("is --server right?").doesNotContain("\tat ");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void a_token_comes_from_the_environment_or_a_file() throws IOException {
        rig.close();
        String key =
                ApiKeys.in(rig.data()).create("test", Set.of("admin"), null).text();
        rig = CliRig.start(folder);
        Files.writeString(folder.resolve("token"), key + "\n");
        var server = Map.of("GENSTORE_SERVER", rig.url());
        var both = Map.of("GENSTORE_SERVER", rig.url(), "GENSTORE_TOKEN", key);
        Said refused = CliRig.run(folder, "", server, "ls");
        assertThat(refused.code()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(refused.err()).contains("GENSTORE_TOKEN");
        CliRig.run(folder, "", both, "ls").well();
        CliRig.run(folder, "", server, "ls", "--token-file", "token").well();
    }
}
