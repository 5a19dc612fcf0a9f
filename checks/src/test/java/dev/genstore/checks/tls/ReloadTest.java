package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.LogWatch;
import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.wire.tls.LiveTls;
import dev.genstore.wire.tls.TlsFiles;

import io.netty.handler.ssl.SslContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLSocket;

/** A certificate is replaced while the server runs. */
class ReloadTest {
    private static final String WATCH = """
            GET /api/notes HTTP/1.1\r
            Host: localhost\r
            Accept: application/x-ndjson\r
            \r
            """;

    private final TestIdentity first = TestIdentity.shared();
    private final TestIdentity second = TestIdentity.make("EC");

    @TempDir
    private Path folder;

    private LogWatch log = new LogWatch("dev.genstore.wire.tls");

    @BeforeEach
    void write() {
        first.write(folder);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private TlsFiles files() {
        return new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    @Test
    void a_new_certificate_is_for_new_connections_and_running_watches_go_on() throws IOException {
        try (var server = new SecureServer(first, second);
                SSLSocket watch = server.secure("TLSv1.3")) {
            var told = new BufferedReader(
                    new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8));
            watch.getOutputStream().write(WATCH.getBytes(StandardCharsets.US_ASCII));
            awaitLine(told, "synced");
            second.write(server.folder());
            await().atMost(SecureServer.PATIENCE)
                    .untilAsserted(() -> assertThat(serial(server)).isEqualTo(second.serial()));
            server.store().resources().create("notes", "{}".getBytes(StandardCharsets.UTF_8));
            awaitLine(told, "created");
        }
    }

    private static void awaitLine(BufferedReader told, String type) throws IOException {
        String line = told.readLine();
        while (!line.contains("\"type\":\"" + type + "\"")) {
            line = told.readLine();
        }
    }

    /** The number of the certificate that a new connection is shown. */
    private static String serial(SecureServer server) throws IOException {
        try (SSLSocket socket = server.secure("TLSv1.3")) {
            socket.startHandshake();
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSerialNumber().toString(16);
        }
    }

    @Test
    void of_two_files_that_do_not_belong_together_yet_the_old_ones_stay() throws IOException {
        LiveTls tls = LiveTls.open(files());
        SslContext before = tls.context();
        Files.writeString(files().certificate(), second.chainPem());
        tls.look();
        tls.look();
        assertThat(tls.context()).isSameAs(before);
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("WARN The key ")
                .contains("is not the one of the first certificate")
                .endsWith("The certificate from before stays in use.");
        Files.writeString(files().key(), second.keyPem());
        tls.look();
        assertThat(tls.context()).isNotSameAs(before);
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void a_file_that_is_half_there_or_gone_is_told_once_and_the_old_one_stays() throws IOException {
        LiveTls tls = LiveTls.open(files());
        SslContext before = tls.context();
        String whole = second.chainPem();
        Files.writeString(files().certificate(), whole.substring(0, whole.length() / 3));
        tls.look();
        tls.look();
        Files.delete(files().certificate());
        tls.look();
        tls.look();
        assertThat(tls.context()).isSameAs(before);
        assertThat(log.messages()).hasSize(2).allMatch(line -> line.startsWith("WARN "));
    }

    @Test
    void files_that_say_the_same_change_nothing() throws IOException {
        LiveTls tls = LiveTls.open(files());
        SslContext before = tls.context();
        first.write(folder);
        tls.look();
        assertThat(tls.context()).isSameAs(before);
        assertThat(log.messages()).isEmpty();
    }

    /** As those are replaced that a cluster mounts. */
    @Test
    void a_link_to_other_files_is_followed() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        second.write(other);
        Path link = folder.resolve("live");
        Files.createSymbolicLink(link, folder);
        var files = new TlsFiles(link.resolve("server.pem"), link.resolve("server.key"));
        LiveTls tls = LiveTls.open(files);
        SslContext before = tls.context();
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        tls.look();
        assertThat(tls.context()).isNotSameAs(before);
    }
}
