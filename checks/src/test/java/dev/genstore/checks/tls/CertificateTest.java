package dev.genstore.checks.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.checks.harness.TestIdentity;
import dev.genstore.embedded.Genstore;
import dev.genstore.wire.tls.LiveTls;
import dev.genstore.wire.tls.TlsFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is no certificate to serve with is refused at the start, with what is wrong. */
class CertificateTest {
    private final TestIdentity identity = TestIdentity.shared();

    @TempDir
    private Path folder;

    private TlsFiles files = new TlsFiles(Path.of(""), Path.of(""));

    @BeforeEach
    void write() {
        identity.write(folder);
        files = new TlsFiles(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    @Test
    void a_file_that_is_not_there_is_named() throws IOException {
        Files.delete(files.key());
        assertRefused("The key " + files.key() + " is not there.");
    }

    @Test
    void a_file_without_a_certificate_is_refused() throws IOException {
        Files.writeString(files.certificate(), "");
        assertRefused("there is no certificate in it");
    }

    @Test
    void half_a_certificate_is_refused() throws IOException {
        Files.writeString(files.certificate(), identity.chainPem().substring(0, 200));
        assertRefused("it is no PEM file of certificates, or not whole.");
    }

    @Test
    void a_key_in_another_form_is_refused_with_how_to_convert_it() throws IOException {
        Files.writeString(files.key(), identity.keyPem().replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        assertRefused("it is of the kind 'RSA'; write it as PKCS #8 and not encrypted: openssl");
        Files.writeString(
                files.key(), identity.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        assertRefused("it is of the kind 'ENCRYPTED'");
    }

    @Test
    void half_a_key_is_refused_without_showing_it() throws IOException {
        Files.writeString(files.key(), identity.keyPem().substring(0, 200));
        assertRefused("there is no whole '-----BEGIN PRIVATE KEY-----' in it.");
        Files.writeString(
                files.key(), "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
        assertRefused("it is no key of RSA, EC, EdDSA.");
    }

    @Test
    void the_key_of_another_certificate_is_refused() throws IOException {
        Files.writeString(files.key(), TestIdentity.make("RSA").keyPem());
        assertRefused("is not the one of the first certificate in");
    }

    @Test
    void a_chain_in_another_order_is_refused() throws IOException {
        Files.writeString(
                files.certificate(),
                identity.chainPem() + TestIdentity.make("EC").authorityPem());
        assertRefused("the certificate number 3 is not the issuer of the one before it.");
    }

    @Test
    void a_very_long_file_is_not_read() throws IOException {
        Files.write(files.certificate(), new byte[(1 << 20) + 1]);
        assertRefused("it is longer than 1 MiB");
    }

    @Test
    void a_server_without_a_good_certificate_does_not_start() throws IOException {
        Files.delete(files.key());
        assertThatThrownBy(() -> Genstore.builder()
                        .data(folder.resolve("data"))
                        .port(0)
                        .tls(files.certificate(), files.key())
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not there");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> LiveTls.open(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }
}
