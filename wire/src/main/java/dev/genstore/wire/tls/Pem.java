package dev.genstore.wire.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in their usual text form (RFC 7468). */
final class Pem {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9]{1,10}) PRIVATE KEY");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /** The certificates of a file, in their order; at least one. The JDK throws anything at malformed ones. */
    static List<X509Certificate> certificates(byte[] pem) throws IOException {
        try {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("there is no certificate in it; it must be a PEM file.");
            }
            return found;
        } catch (CertificateException | RuntimeException failure) {
            throw new IOException("it is no PEM file of certificates, or not whole.", failure);
        }
    }

    /** The private key of a file. What it has is never part of a message. */
    static PrivateKey key(byte[] pem) throws IOException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw new IOException(advice(text));
        }
        try {
            return key(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("what stands between its lines is not Base64.");
        }
    }

    private static String advice(String text) {
        Matcher other = OTHER_KEY.matcher(text);
        return other.find()
                ? "it is of the kind '" + other.group(1) + "'; write it as PKCS #8 and not"
                        + " encrypted: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW."
                : "there is no whole '-----BEGIN PRIVATE KEY-----' in it.";
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded) throws IOException {
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, encoded);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new IOException("it is no key of " + String.join(", ", ALGORITHMS) + ".");
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has " + algorithm, missing);
        }
    }
}
