package dev.genstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.auth.ApiKeys;
import dev.genstore.wire.WireSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Set;

/** What is embedded is reached from its own machine only, until it asks for credentials. */
class OpenDoorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost", "no-such-host.invalid"})
    void this_machine_is_loopback_and_nowhere_is_no_danger(String host) {
        assertThatCode(() -> OpenDoorException.requireLoopback(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "128.0.0.1", "::ffff:192.0.2.7"})
    void others_are_not(String host) {
        assertThatThrownBy(() -> OpenDoorException.requireLoopback(host))
                .isInstanceOf(OpenDoorException.class)
                .hasMessageContaining("connect to " + host)
                .hasMessageContaining("insecure()");
    }

    @Test
    void a_store_without_credentials_does_not_start_for_others_and_makes_nothing() {
        Path data = folder.resolve("data");
        assertThatThrownBy(() -> everywhere(data).start()).isInstanceOf(OpenDoorException.class);
        assertThat(data).doesNotExist();
    }

    @Test
    void it_starts_when_that_is_meant_so_or_there_is_a_key() throws Exception {
        try (Genstore store = everywhere(folder).insecure().start()) {
            assertThat(store.isLocked()).isFalse();
        }
        ApiKeys.in(folder).create("root", Set.of("admin"), null);
        try (Genstore store = everywhere(folder).start()) {
            assertThat(store.isLocked()).isTrue();
        }
    }

    private static GenstoreBuilder everywhere(Path data) {
        return Genstore.builder().data(data).wire(WireSettings.of("0.0.0.0", 0));
    }
}
