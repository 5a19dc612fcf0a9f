package dev.genstore.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for 127.0.0.1 and localhost, by an authority of their own, which clients of these tests
 * trust. They are made by the JDK's keytool. Immutable.
 */
public final class TestIdentity {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String NAMES = "san=dns:localhost,ip:127.0.0.1";

    private final KeyStore keys;

    private TestIdentity(KeyStore keys) {
        this.keys = keys;
    }

    private static final class Shared {
        private static final TestIdentity IDENTITY = make("RSA");
    }

    /** The one of this run, which has an RSA key. */
    public static TestIdentity shared() {
        return Shared.IDENTITY;
    }

    /** An authority and a certificate with a key of this algorithm: RSA, EC or Ed25519. */
    public static TestIdentity make(String algorithm) {
        Path folder = OwnFolder.make();
        try {
            Path store = folder.resolve("keys.p12");
            keytool(store, "ca", algorithm, "-dname", "CN=Tests of Genstore", "-ext", "bc:c");
            keytool(store, "own", algorithm, "-dname", "CN=own", "-ext", NAMES, "-signer", "ca");
            return new TestIdentity(KeyStore.getInstance(store.toFile(), PASSWORD));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        } finally {
            OwnFolder.delete(folder);
        }
    }

    private static void keytool(Path store, String alias, String algorithm, String... more)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-validity",
                "30"));
        command.addAll(List.of(more));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException(said);
        }
    }

    /** Writes {@code server.pem} and {@code server.key} into a folder, as a server is given them. */
    public void write(Path folder) {
        try {
            Files.writeString(folder.resolve("server.key"), keyPem());
            Files.writeString(folder.resolve("server.pem"), chainPem());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server's certificate and the authority's. */
    public String chainPem() {
        return pem("CERTIFICATE", encoded(chain()[0])) + authorityPem();
    }

    public String authorityPem() {
        return pem("CERTIFICATE", encoded(chain()[1]));
    }

    public String keyPem() {
        try {
            return pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What browsers are told to trust: the hash of the key (RFC 7469, 2.4). */
    public String keyHash() {
        try {
            byte[] key = chain()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The certificate's number, which tells it from others. */
    public String serial() {
        return ((X509Certificate) chain()[0]).getSerialNumber().toString(16);
    }

    /** What a client trusts that knows these authorities. */
    public static SSLContext trusting(TestIdentity... known) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (TestIdentity each : known) {
                trusted.setCertificateEntry(each.serial(), each.chain()[1]);
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Certificate[] chain() {
        try {
            return keys.getCertificateChain("own");
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String pem(String kind, byte[] content) {
        byte[] lineEnd = {'\n'};
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
