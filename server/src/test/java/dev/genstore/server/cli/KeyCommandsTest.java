package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.auth.ApiKey;
import dev.genstore.auth.ApiKeys;
import dev.genstore.server.config.SettingsReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code genstore key} says and does. */
class KeyCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_key_alone_is_on_the_standard_output() {
        assertThat(run("key", "create", "--name", "my ci", "--scopes", "read, write"))
                .isZero();
        assertThat(out.toString()).matches("genstore_[0-9A-Za-z]{49}\\R");
        assertThat(keys()).singleElement().satisfies(key -> {
            assertThat(key.name()).isEqualTo("my ci");
            assertThat(key.scopes()).containsExactlyInAnyOrder("read", "write");
            assertThat(key.expires()).isNull();
            assertThat(err.toString()).contains(key.id());
        });
    }

    @Test
    void a_key_may_expire() {
        assertThat(run("key", "create", "--name", "ci", "--expires", "90d")).isZero();
        assertThat(keys())
                .singleElement()
                .satisfies(key -> assertThat(key.expires())
                        .isEqualTo(key.created().plusSeconds(90 * 86_400)));
    }

    @Test
    void keys_are_listed_without_what_opens_anything() {
        run("key", "create", "--name", "good");
        run("key", "create", "--name", "bad", "--scopes", "b,a");
        String made = out.toString();
        run("key", "revoke", keys().getLast().id());
        out.getBuffer().setLength(0);
        assertThat(run("key", "list")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith(keys().getFirst().id() + "\tgood\tgood\t-\t");
        assertThat(lines.get(2)).startsWith(keys().getLast().id() + "\trevoked\tbad\ta,b\t");
        made.lines().forEach(key -> assertThat(out.toString()).doesNotContain(key));
        keys().forEach(key -> assertThat(out.toString()).doesNotContain(key.sha256()));
    }

    @Test
    void what_is_not_there_is_not_revoked() {
        assertThat(run("key", "revoke", "nothing")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).startsWith("There is no such key;");
    }

    @Test
    void the_folder_may_be_another_one() {
        assertThat(run("key", "create", "--name", "ci", "--data", "elsewhere")).isZero();
        assertThat(ApiKeys.in(folder.resolve("elsewhere")).list()).hasSize(1);
    }

    @Test
    void a_damaged_file_is_told_in_a_sentence() throws IOException {
        Path file = Files.createDirectories(folder.resolve("data")).resolve("keys.json");
        Files.writeString(file, "{");
        assertThat(run("key", "list")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("is not a file of keys any more")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name ci --expires soon | --expires is 'soon'; it must be a duration from 1s to 36500d, for example 90d.",
                "--name ci --expires 0s | --expires is '0s'; it must be a duration from 1s to 36500d, for example 90d.",
                "--name - | A key's name is up to 100 letters",
                "--name ci --scopes a,,b | A scope is up to 100 visible ASCII characters",
                "--name ci --data= | --data is ''; it must be a path"
            })
    void what_is_wrong_is_told_and_nothing_made(String line, String told) {
        String[] words = ("key create " + line).split(" ", -1);
        assertThat(run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith(told);
        assertThat(out.toString()).isEmpty();
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "key create", "key revoke", "key make"})
    void half_a_command_is_answered_with_what_is_missing(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isNotBlank();
    }

    private List<ApiKey> keys() {
        return ApiKeys.in(folder.resolve("data")).list();
    }

    private int run(String... words) {
        var commands = new Commands(
                new SettingsReader(Map.of(), folder),
                settings -> ExitCode.FAILED,
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return commands.run(words);
    }
}
