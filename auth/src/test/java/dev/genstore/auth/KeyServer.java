package dev.genstore.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's server of keys, which can be as bad as the network. */
final class KeyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    final AtomicInteger requests = new AtomicInteger();
    volatile Behaviour behaviour = Behaviour.answers("{\"keys\":[]}");

    /** What it does with a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange, KeyServer server) throws IOException;

        static Behaviour answers(String body) {
            return answers(200, body);
        }

        static Behaviour answers(int status, String body) {
            return (exchange, server) -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        /** A part of an answer, and then nothing more. */
        static Behaviour hangsBehind(String beginning) {
            return (exchange, server) -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                out.write(beginning.getBytes(StandardCharsets.UTF_8));
                out.flush();
                server.awaitClosing();
            };
        }

        /** An answer that does not end. */
        static Behaviour pours() {
            return (exchange, server) -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] spaces = new byte[64 << 10];
                for (int i = 0; i < 10_000; i++) {
                    exchange.getResponseBody().write(spaces);
                }
            };
        }

        static Behaviour leadsTo(String url) {
            return (exchange, server) -> {
                exchange.getResponseHeaders().add("Location", url);
                exchange.sendResponseHeaders(302, -1);
            };
        }
    }

    KeyServer() {
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                behaviour.answer(exchange, this);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
