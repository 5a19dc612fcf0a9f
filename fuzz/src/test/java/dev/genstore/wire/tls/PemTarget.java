package dev.genstore.wire.tls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A file is read as certificates, as a key, or refused in words that have nothing of it; what was read
 * is the same when it is written in the plainest way.
 */
public final class PemTarget {
    /** A shorter part of a file may stand in a sentence by chance. */
    private static final int TELLING = 12;

    private PemTarget() {}

    /** Tries this file. */
    public static void check(byte[] input) {
        try {
            PrivateKey key = Pem.key(input);
            PrivateKey again = Pem.key(written("PRIVATE KEY", key.getEncoded()));
            assertThat(again.getEncoded()).isEqualTo(key.getEncoded());
            assertThat(again.getAlgorithm()).isEqualTo(key.getAlgorithm());
        } catch (IOException refused) {
            checkWords(input, String.valueOf(refused.getMessage()));
        }
        try {
            List<X509Certificate> certificates = Pem.certificates(input);
            assertThat(certificates).isNotEmpty();
            assertThat(Pem.certificates(written(certificates))).isEqualTo(certificates);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).contains("PEM file").hasSizeLessThan(100);
        }
    }

    /** The name of its kind is told, and nothing of what stands between the lines. */
    private static void checkWords(byte[] input, String words) {
        for (String line : new String(input, ISO_8859_1).split("[\\s-]+", -1)) {
            assertThat(line.length() >= TELLING && words.contains(line))
                    .as(words)
                    .isFalse();
        }
    }

    private static byte[] written(List<X509Certificate> certificates) {
        var all = new ByteArrayOutputStream();
        certificates.forEach(each -> all.writeBytes(written("CERTIFICATE", encoded(each))));
        return all.toByteArray();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] written(String kind, byte[] content) {
        return ("-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END " + kind + "-----\n")
                .getBytes(ISO_8859_1);
    }
}
