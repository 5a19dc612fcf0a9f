package dev.genstore.wire.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What new connections are secured with: TLS 1.3 and 1.2 by the JDK's engine, with the certificate as
 * its files say it now. A connection keeps what it was made with.
 *
 * <p>The files are compared by what they say, not by their times: so it does not matter how they are
 * replaced, and one that was written half is taken when the rest is there. Until both fit together the
 * last good ones stay.
 *
 * <p>Thread-safe.
 */
public final class LiveTls {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);

    /** By default the JDK lets a TLS 1.2 client ask for new handshakes, each dear to the server. */
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /** Of TLS 1.2 only what encrypts and authenticates in one, by keys that are forgotten. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final TlsFiles files;
    private volatile SslContext context;

    /** What was tried last, good or not. */
    @GuardedBy("this") private byte[] certificatePem;

    @GuardedBy("this") private byte[] keyPem;

    /** What was wrong the last time; each wrong is told once. */
    @GuardedBy("this") private String complaint = "";

    private LiveTls(TlsFiles files, byte[] certificatePem, byte[] keyPem) throws IOException {
        this.files = files;
        this.certificatePem = certificatePem;
        this.keyPem = keyPem;
        this.context = context(Identity.read(files, certificatePem, keyPem));
    }

    /**
     * Reads the files for the first time.
     *
     * @throws IOException when there is nothing in them to serve with; the message says why
     */
    public static LiveTls open(TlsFiles files) throws IOException {
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
        return new LiveTls(files, files.certificateBytes(), files.keyBytes());
    }

    /** What a connection that is made now is secured with. */
    public SslContext context() {
        return context;
    }

    /** Looks whether the files say something else, and takes that if it is right; may block. */
    public synchronized void look() {
        try {
            byte[] certificateNow = files.certificateBytes();
            byte[] keyNow = files.keyBytes();
            if (Arrays.equals(certificateNow, certificatePem) && Arrays.equals(keyNow, keyPem)) {
                return;
            }
            certificatePem = certificateNow;
            keyPem = keyNow;
            take(Identity.read(files, certificateNow, keyNow));
        } catch (IOException failure) {
            keep(failure);
        }
    }

    @GuardedBy("this") private void take(Identity identity) throws IOException {
        context = context(identity);
        complaint = "";
        LOG.info("New connections get the new certificate: {}", identity);
    }

    @GuardedBy("this") private void keep(IOException failure) {
        String found = String.valueOf(failure.getMessage());
        if (!found.equals(complaint)) {
            complaint = found;
            LOG.warn("{} The certificate from before stays in use.", found);
        }
    }

    private static SslContext context(Identity identity) throws IOException {
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(CIPHER_SUITES)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }
}
