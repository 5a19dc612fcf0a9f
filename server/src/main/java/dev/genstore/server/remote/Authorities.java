package dev.genstore.server.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client trusts to say who a server is. */
public final class Authorities {
    private Authorities() {}

    /**
     * The authorities whose certificates are in a file, as PEM, and no others.
     *
     * @throws IOException when there are none in it, or it can't be read; the message says why
     */
    public static SSLContext of(Path pem) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate each : certificates(pem)) {
                trusted.setCertificateEntry("authority-" + number++, each);
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, CertificateException {
        try (var in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            return all;
        }
    }
}
