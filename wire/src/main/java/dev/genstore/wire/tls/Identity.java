package dev.genstore.wire.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who the server is to those who connect. A key and certificates that belong together, which is tried:
 * with others every handshake would fail.
 *
 * <p>Immutable.
 *
 * @param key of the first certificate
 * @param chain the server's own certificate, then the issuer of each
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = "genstore".getBytes(StandardCharsets.US_ASCII);

    Identity {
        chain = List.copyOf(chain);
    }

    /**
     * What two PEM files say.
     *
     * @throws IOException when that is nothing to serve with; the message says why
     */
    static Identity read(TlsFiles files, byte[] certificatePem, byte[] keyPem) throws IOException {
        List<X509Certificate> chain = reading(
                "The certificate " + files.certificate(), () -> Pem.certificates(certificatePem));
        PrivateKey key = reading("The key " + files.key(), () -> Pem.key(keyPem));
        checkPair(files, key, chain.getFirst().getPublicKey());
        checkChain(files, chain);
        return new Identity(key, chain);
    }

    private static <T> T reading(String what, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException failure) {
            throw new IOException(what + " is wrong: " + failure.getMessage(), failure);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static void checkPair(TlsFiles files, PrivateKey key, PublicKey of) throws IOException {
        if (!isPair(key, of)) {
            throw new IOException("The key " + files.key() + " is not the one of the first"
                    + " certificate in " + files.certificate() + ".");
        }
    }

    private static boolean isPair(PrivateKey key, PublicKey of) {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> "EdDSA";
                    });
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(of);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException noPair) {
            return false;
        }
    }

    private static void checkChain(TlsFiles files, List<X509Certificate> chain) throws IOException {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException notItsIssuer) {
                throw new IOException(
                        "In " + files.certificate() + " the certificate number " + (i + 1)
                                + " is not the issuer of the one before it.",
                        notItsIssuer);
            }
        }
    }

    /** Of the server's own certificate. */
    Validity validity() {
        X509Certificate own = chain.getFirst();
        return new Validity(
                own.getSubjectX500Principal().toString(),
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant());
    }

    /** Its own name and time, for the log. */
    @Override
    public String toString() {
        Validity own = validity();
        return own.name() + ", good until " + own.until();
    }
}
