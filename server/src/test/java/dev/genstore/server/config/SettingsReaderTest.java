package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.router.ClientAddress;
import dev.genstore.wire.Entrance;
import dev.genstore.wire.proxy.Telling;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class SettingsReaderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void the_defaults_are_those_of_the_reference() {
        Settings settings = read(Map.of(), Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.data()).isEqualTo(folder.resolve("data"));
        assertThat(settings.origins()).isEmpty();
        assertThat(settings.pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(settings.pingTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.stallTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.connectionsMax()).isEqualTo(15_000);
        assertThat(settings.bodyBytesMax()).isEqualTo(1 << 20);
        assertThat(settings.retentionAge()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.retentionChanges()).isEqualTo(1_000_000);
        assertThat(settings.memoryChanges()).isEqualTo(65_536);
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void by_default_nobody_is_trusted_and_nothing_is_insecure() {
        Settings settings = read(Map.of(), Map.of());
        assertThat(settings.isInsecure()).isFalse();
        assertThat(settings.entrance()).isEqualTo(Entrance.DEFAULT);
    }

    @Test
    void names_and_proxies_are_read_from_their_lists() {
        Map<Setting, String> said = Map.of(
                Setting.HOSTS, "Store.example, store",
                Setting.TRUSTED_PROXIES, "127.0.0.1,10.0.0.0/8, FD00::/8",
                Setting.FORWARDING, "PROXY_PROTOCOL");
        Entrance entrance = read(Map.of(), said).entrance();
        assertThat(entrance.hosts()).containsExactlyInAnyOrder("store.example", "store");
        assertThat(entrance.proxies().telling()).isEqualTo(Telling.PROXY_PROTOCOL);
        assertThat(entrance.proxies().trusts(ClientAddress.parse("10.9.9.9").orElseThrow()))
                .isTrue();
        assertThat(entrance.proxies().trusts(ClientAddress.parse("fd00::1").orElseThrow()))
                .isTrue();
    }

    @Test
    void the_proxy_protocol_without_a_proxy_is_a_mistake() {
        Settings settings = read(Map.of(), Map.of(Setting.FORWARDING, "proxy_protocol"));
        assertThatThrownBy(settings::entrance)
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--trusted-proxies 127.0.0.1");
    }

    @ParameterizedTest(name = "option {0}, variable {1}, file {2}: {3}")
    @CsvSource({
        "    ,     ,     , 8080",
        "    ,     , 7003, 7003",
        "    , 7002,     , 7002",
        "    , 7002, 7003, 7002",
        "7001,     ,     , 7001",
        "7001,     , 7003, 7001",
        "7001, 7002,     , 7001",
        "7001, 7002, 7003, 7001"
    })
    void the_command_line_wins_over_the_environment_and_that_over_the_file(
            @Nullable String option, @Nullable String variable, @Nullable String file, int port)
            throws IOException {
        if (file != null) {
            write("genstore.properties", "port=" + file);
        }
        Map<String, String> environment =
                variable == null ? Map.of() : Map.of("GENSTORE_PORT", variable);
        Map<Setting, String> options = option == null ? Map.of() : Map.of(Setting.PORT, option);
        assertThat(read(environment, options).port()).isEqualTo(port);
    }

    @ParameterizedTest(name = "option {0}, variable {1}: {2}")
    @CsvSource({"  ,  , 7000", "  , b, 7002", "a,  , 7001", "a, b, 7001"})
    void the_option_names_another_file_before_the_variable_does(
            @Nullable String option, @Nullable String variable, int port) throws IOException {
        write("genstore.properties", "port=7000");
        write("a", "port=7001");
        write("b", "port=7002");
        Map<String, String> environment =
                variable == null ? Map.of() : Map.of("GENSTORE_CONFIG", variable);
        Map<Setting, String> options = option == null ? Map.of() : Map.of(Setting.CONFIG, option);
        assertThat(read(environment, options).port()).isEqualTo(port);
    }

    @Test
    void another_file_comes_instead_of_the_usual_one() throws IOException {
        write("genstore.properties", "host=::1");
        write("a", "port=7001");
        assertThat(read(Map.of(), Map.of(Setting.CONFIG, "a")).host()).isEqualTo("127.0.0.1");
    }

    @Test
    void each_source_says_what_the_others_do_not() throws IOException {
        write(
                "genstore.properties",
                "ping-interval = 1m \n# more\norigins=https://a.example,\\\n  https://b.example");
        Settings settings =
                read(Map.of("GENSTORE_LOG_LEVEL", "DEBUG"), Map.of(Setting.BODY_BYTES_MAX, "2MiB"));

        assertThat(settings.pingInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.origins()).containsOnly("https://a.example", "https://b.example");
        assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(settings.bodyBytesMax()).isEqualTo(2 << 20);
    }

    @Test
    void a_path_begins_in_the_working_directory_whoever_says_it() throws IOException {
        Files.createDirectory(folder.resolve("conf"));
        write("conf/a", "data=../store");
        assertThat(read(Map.of("GENSTORE_CONFIG", "conf/a"), Map.of()).data())
                .isEqualTo(folder.resolve("../store").normalize());
        assertThat(read(Map.of(), Map.of(Setting.DATA, "/srv/genstore")).data())
                .isEqualTo(Path.of("/srv/genstore"));
    }

    @Test
    void a_file_is_utf_8() throws IOException {
        write("genstore.properties", "data=Bücher");
        assertThat(read(Map.of(), Map.of()).data()).isEqualTo(folder.resolve("Bücher"));
    }

    @Test
    void variables_of_others_and_of_the_launcher_are_left_alone() {
        Map<String, String> environment = Map.of(
                "PORT", "1", "PATH", "/bin", "GENSTORE", "2", "GENSTORE_JAVA_OPTS", "-Xmx1g");
        assertThat(read(environment, Map.of()).port()).isEqualTo(8080);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Settings read(Map<String, String> environment, Map<Setting, String> options) {
        return new SettingsReader(environment, folder).read(options);
    }
}
