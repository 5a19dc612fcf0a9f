package dev.genstore.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.doctor.Finding.State;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the doctor finds of the certificate, which is good for 30 days. */
class TlsDoctorTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void make() throws Exception {
        SelfSigned.write(folder);
    }

    private Finding find(Duration later) {
        return find(
                later,
                Map.of(Setting.TLS_CERTIFICATE, "server.pem", Setting.TLS_KEY, "server.key"));
    }

    private Finding find(Duration later, Map<Setting, String> given) {
        var settings = new SettingsReader(Map.of(), folder).read(given);
        Instant then = Instant.now().plus(later);
        return new TlsDoctor(settings, () -> then).tls();
    }

    private static void require(Finding finding, State state, String told) {
        assertThat(finding.sentence()).contains(told);
        assertThat(finding.state()).as(finding.sentence()).isEqualTo(state);
    }

    @Test
    void its_time_counts() {
        require(find(Duration.ofDays(-1)), State.BAD, "of CN=own is not good before");
        require(find(Duration.ofDays(1)), State.GOOD, "good until");
        require(find(Duration.ofDays(20)), State.FAIR, "good only until");
        require(find(Duration.ofDays(31)), State.BAD, "is over since");
    }

    @Test
    void a_key_that_everybody_may_read_is_bad() throws Exception {
        Path key = folder.resolve("server.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        require(find(Duration.ZERO), State.GOOD, "good until");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        require(find(Duration.ZERO), State.BAD, "chmod o-r " + key);
    }

    @Test
    void files_that_do_not_belong_together_or_are_not_there_are_bad() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        SelfSigned.write(other);
        Files.copy(
                other.resolve("server.key"),
                folder.resolve("server.key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        require(find(Duration.ZERO), State.BAD, "is not the one of the first certificate");
        Files.delete(folder.resolve("server.pem"));
        require(find(Duration.ZERO), State.BAD, "is not there");
    }

    @Test
    void without_one_it_counts_who_can_connect() {
        require(find(Duration.ZERO, Map.of()), State.GOOD, "stay on this machine");
        require(
                find(Duration.ZERO, Map.of(Setting.HOST, "0.0.0.0")),
                State.FAIR,
                "Name a --tls-certificate");
    }
}
