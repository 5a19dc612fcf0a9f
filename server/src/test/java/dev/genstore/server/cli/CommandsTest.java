package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.config.Setting;
import dev.genstore.server.config.Settings;
import dev.genstore.server.config.SettingsReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Settings> served = new ArrayList<>();

    @TempDir
    Path folder = Path.of("");

    /** It belongs to the process, which other tests share. */
    @AfterEach
    void forgetTheLogLevel() {
        System.clearProperty("genstore.log.level");
        System.clearProperty("genstore.log.format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"serve --port 9090", "serve --port=9090", "serve --host ::1 --port 9090"})
    void serve_hands_the_settings_over(String line) {
        assertThat(run(line)).isEqualTo(ExitCode.OK);
        assertThat(served).extracting(Settings::port).containsExactly(9090);
        assertThat(out + "" + err).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --insecure",
                "serve --insecure --port 9090",
                "serve --insecure=on",
                "serve --insecure on",
                "serve --insecure ON"
            })
    void what_can_be_switched_on_is_on_by_its_option_alone(String line) {
        assertThat(run(line)).isEqualTo(ExitCode.OK);
        assertThat(served).extracting(Settings::isInsecure).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "serve --insecure=off", "serve --insecure off"})
    void what_is_not_switched_on_is_off(String line) {
        assertThat(run(line)).isEqualTo(ExitCode.OK);
        assertThat(served).extracting(Settings::isInsecure).containsExactly(false);
    }

    @Test
    void serve_ends_with_the_code_of_the_server() {
        assertThat(run(settings -> 7, "serve")).isEqualTo(7);
    }

    @Test
    void level_and_format_of_the_log_hold_before_the_server_starts() {
        var told = new ArrayList<String>();
        run(
                settings -> {
                    told.add(System.getProperty("genstore.log.level"));
                    told.add(System.getProperty("genstore.log.format"));
                    return 0;
                },
                "serve --log-level WARN --log-format json");
        assertThat(told).containsExactly("warn", "json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --prot 1 | Unknown option --prot; did you mean --port?~See 'genstore serve --help'.",
                "serve --prot=1 | Unknown option --prot; did you mean --port?~See 'genstore serve --help'.",
                "serve -port 1 | Unknown option -port; did you mean --port?~See 'genstore serve --help'.",
                "serve --hlep | Unknown option --hlep; did you mean --help?~See 'genstore serve --help'.",
                "serve --tls | Unknown option --tls.~See 'genstore serve --help'.",
                "--port 1 | Unknown option --port; did you mean genstore serve --port?~See 'genstore --help'.",
                "sevre --port 1 | Unknown command sevre; did you mean serve?~See 'genstore --help'.",
                "xyzzy | Unknown command xyzzy.~See 'genstore --help'.",
                "help sevre | Unknown command sevre; did you mean serve?",
                "serve here | Unknown argument here.~See 'genstore serve --help'.",
                "serve @file | Unknown argument @file.~See 'genstore serve --help'.",
                "serve --port 1 --port 2 | --port is given twice.~See 'genstore serve --help'.",
                "serve --port | --port has no value; it must be a whole number from 0 to 65535, for example 8080.~See 'genstore serve --help'.",
                "serve --port --host a | --port has no value; it must be a whole number from 0 to 65535, for example 8080.~See 'genstore serve --help'.",
                "serve --port= | --port is ''; it must be a whole number from 0 to 65535, for example 8080.",
                "serve --insecure perhaps | --insecure is 'perhaps'; it must be one of on, off, for example off.",
                "serve --port -1 | --port is '-1'; it must be a whole number from 0 to 65535, for example 8080."
            })
    void a_wrong_command_line_is_told_in_a_line_or_two(String line, String told) {
        assertThat(run(line)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToNormalizingNewlines(told.replace('~', '\n') + "\n");
        assertThat(out.toString()).isEmpty();
        assertThat(served).isEmpty();
    }

    @Test
    void a_server_that_can_not_start_says_why_and_shows_no_stack_trace() {
        Serving failing = settings -> {
            throw new StartFailure("Port 8080 is taken.", new IllegalStateException("bind"));
        };
        assertThat(run(failing, "serve")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualToNormalizingNewlines("Port 8080 is taken.\n");
    }

    @Test
    void a_bug_shows_its_stack_trace() {
        Serving failing = settings -> {
            throw new IllegalStateException("never thought of");
        };
        assertThat(run(failing, "serve")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("never thought of", "\tat dev.genstore.server.cli");
    }

    @Test
    void no_arguments_are_answered_with_the_help_as_an_error() {
        assertThat(run("")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("Usage: genstore ").contains("serve", "help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Usage: genstore [",
        "-h, Usage: genstore [",
        "help, Usage: genstore [",
        "help serve, Usage: genstore serve [",
        "serve --help, Usage: genstore serve [",
        "help help, Usage: genstore help [",
        "help --help, Usage: genstore help [",
        "--version, genstore ",
        "-V, genstore "
    })
    void what_is_asked_for_is_told(String line, String start) {
        assertThat(run(line)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith(start);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_help_shows_each_setting(Setting setting) {
        run("help serve");
        String help = out.toString().replaceAll("\\s+", " ");
        assertThat(help)
                .contains(" " + setting.option() + (setting.isSwitch() ? "[=VALUE] " : "=VALUE "))
                .contains(" " + setting.meaning() + ". Default ")
                .contains("Default " + setting.defaultText())
                .contains("; " + setting.allowed() + "; " + setting.variable() + " ");
    }

    private int run(String line) {
        return run(
                settings -> {
                    served.add(settings);
                    return ExitCode.OK;
                },
                line);
    }

    private int run(Serving serving, String line) {
        var reader = new SettingsReader(Map.of(), folder);
        var commands = new Commands(
                reader, serving, new PrintWriter(out, true), new PrintWriter(err, true));
        return commands.run(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
