package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is told of each mistake, word by word. */
class WrongSettingsTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | 65536 | --port is '65536'; it must be a whole number from 0 to 65535, for example 8080.",
                "HOST | a b | --host is 'a b'; it must be a host name or an IP address, for example 127.0.0.1.",
                "DATA | '' | --data is ''; it must be a path, for example ./data.",
                "ORIGINS | * | --origins is '*'; it must be a list of origins with commas between them, for example https://app.example,http://localhost:5173.",
                "PING_INTERVAL | 25 | --ping-interval is '25'; it must be a duration from 1s to 1h, for example 25s.",
                "PING_TIMEOUT | 250ms | --ping-timeout is '250ms'; it must be a duration from 1s to 1h, for example 8s.",
                "DRAIN_TIMEOUT | 10s | --drain-timeout is '10s'; it must be a duration from 1s to 9s, for example 8s.",
                "BODY_BYTES_MAX | 1MB | --body-bytes-max is '1MB'; it must be a size from 1KiB to 64MiB, for example 1MiB.",
                "LOG_LEVEL | loud | --log-level is 'loud'; it must be one of error, warn, info, debug, trace, for example info.",
                "CONFIG | none | The configuration file 'none' does not exist.",
                "CONFIG | . | The configuration file '.' can't be read; it must be a file that this user may read."
            })
    void an_option_is_refused(Setting setting, String text, String sentence) {
        assertRefused(Map.of(), Map.of(setting, text), sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GENSTORE_PORT | '' | GENSTORE_PORT is ''; it must be a whole number from 0 to 65535, for example 8080.",
                "GENSTORE_RETENTION_AGE | 0s | GENSTORE_RETENTION_AGE is '0s'; it must be a duration from 1s to 36500d, for example 7d.",
                "GENSTORE_PROT | 1 | Unknown variable GENSTORE_PROT; did you mean GENSTORE_PORT?",
                "GENSTORE_port | 1 | Unknown variable GENSTORE_port; did you mean GENSTORE_PORT?",
                "GENSTORE_TLS | 1 | Unknown variable GENSTORE_TLS.",
                "GENSTORE_ | 1 | Unknown variable GENSTORE_."
            })
    void a_variable_is_refused(String variable, String text, String sentence) {
        assertRefused(Map.of(variable, text), Map.of(), sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=x | genstore.properties:1: port is 'x'; it must be a whole number from 0 to 65535, for example 8080.",
                "host=::1~~stall-timeout=1w | genstore.properties:3: stall-timeout is '1w'; it must be a duration from 1s to 1h, for example 30s.",
                "prot=1 | genstore.properties:1: Unknown key prot; did you mean port?",
                "genstore.port=1 | genstore.properties:1: Unknown key genstore.port.",
                "config=other | genstore.properties:1: Unknown key config.",
                "port=1~port=1 | genstore.properties:2: port is given twice.",
                "data=C:\\users | genstore.properties:1: A \\u must have four hexadecimal digits behind it."
            })
    void a_line_of_the_file_is_refused(String lines, String sentence) throws IOException {
        Files.writeString(folder.resolve("genstore.properties"), lines.replace('~', '\n'));
        assertRefused(Map.of(), Map.of(), sentence);
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused() throws IOException {
        Files.write(folder.resolve("latin"), new byte[] {'d', 'a', 't', 'a', '=', (byte) 0xFC});
        assertRefused(
                Map.of("GENSTORE_CONFIG", "latin"),
                Map.of(),
                "The configuration file 'latin' is not UTF-8.");
    }

    @Test
    void a_mistake_is_told_also_where_something_else_wins() {
        assertRefused(
                Map.of("GENSTORE_PORT", "x"),
                Map.of(Setting.PORT, "1"),
                "GENSTORE_PORT is 'x'; it must be a whole number from 0 to 65535, for example 8080.");
    }

    private void assertRefused(
            Map<String, String> environment, Map<Setting, String> options, String sentence) {
        var reader = new SettingsReader(environment, folder);
        assertThatThrownBy(() -> reader.read(options))
                .isInstanceOf(UsageError.class)
                .hasMessage(sentence);
    }
}
