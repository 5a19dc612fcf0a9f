package dev.genstore.server.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A collector of OpenTelemetry, as far as it takes spans by OTLP over HTTP. It may be told to keep who
 * sends waiting. Thread-safe.
 */
final class Collector implements AutoCloseable {
    /** Numbers of fields in {@code opentelemetry/proto}: the way to the spans, and what is in them. */
    private static final int RESOURCE_SPANS = 1;

    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;

    private final HttpServer server;
    private final List<Sent> spans = new CopyOnWriteArrayList<>();
    private final CountDownLatch released;

    /** A span that came. */
    record Sent(String trace, String id, String parent, String name) {}

    private Collector(HttpServer server, CountDownLatch released) {
        this.server = server;
        this.released = released;
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    static Collector start() throws IOException {
        return new Collector(bind(), new CountDownLatch(0));
    }

    /** One that answers nobody until it is released. */
    static Collector startHeld() throws IOException {
        return new Collector(bind(), new CountDownLatch(1));
    }

    private static HttpServer bind() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    void release() {
        released.countDown();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Sent> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            released.await();
            read(body);
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(byte[] request) {
        for (byte[] ofResource : fields(request, RESOURCE_SPANS)) {
            for (byte[] ofScope : fields(ofResource, SCOPE_SPANS)) {
                fields(ofScope, SPANS).forEach(span -> spans.add(span(span)));
            }
        }
    }

    private static Sent span(byte[] bytes) {
        HexFormat hex = HexFormat.of();
        return new Sent(
                hex.formatHex(fields(bytes, TRACE_ID).getFirst()),
                hex.formatHex(fields(bytes, SPAN_ID).getFirst()),
                fields(bytes, PARENT_ID).stream()
                        .map(hex::formatHex)
                        .findFirst()
                        .orElse(""),
                new String(fields(bytes, NAME).getFirst(), StandardCharsets.UTF_8));
    }

    /** What a message of Protobuf has in the fields of this number, which have a length. */
    private static List<byte[]> fields(byte[] message, int number) {
        var found = new ArrayList<byte[]>();
        var in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            long tag = varint(in);
            byte[] value = value(in, (int) (tag & 7));
            if (tag >>> 3 == number) {
                found.add(value);
            }
        }
        return found;
    }

    private static byte[] value(ByteBuffer in, int type) {
        int length = switch (type) {
            case 0 -> {
                varint(in);
                yield 0;
            }
            case 1 -> Long.BYTES;
            case 2 -> Math.toIntExact(varint(in));
            case 5 -> Integer.BYTES;
            default -> throw new UncheckedIOException(new IOException("no Protobuf: " + type));
        };
        var value = new byte[length];
        in.get(value);
        return value;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
