package dev.genstore.checks.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import dev.genstore.auth.Algorithm;
import dev.genstore.auth.Issuer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An issuer of tokens whose keys are at a port of this machine. They come when they are let go. */
final class TestIssuer implements AutoCloseable {
    private static final String NAME = "https://id.example";
    private static final String AUDIENCE = "my-api";

    private final RSAKey key;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch wasAsked = new CountDownLatch(1);

    TestIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", exchange -> {
            wasAsked.countDown();
            await(mayAnswer);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    Issuer issuer() {
        int port = server.getAddress().getPort();
        return new Issuer(
                NAME,
                URI.create("http://127.0.0.1:" + port + "/keys"),
                Set.of(AUDIENCE),
                Set.of(Algorithm.RS256));
    }

    /** Its keys are answered from now on. */
    void letGo() {
        mayAnswer.countDown();
    }

    /** Waits until somebody wants its keys. */
    void awaitAsked() {
        await(wasAsked);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** A token for somebody who administers, until then. */
    String token(String subject, Instant expires) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", "admin")
                .expirationTime(Date.from(expires))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
