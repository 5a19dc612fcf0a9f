package dev.genstore.checks.tls;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import javax.net.ssl.SSLSocket;

/**
 * A client of HTTP/2 (RFC 9113) that sends exactly the frames that it is told, and reads only when it is
 * asked to. Confined to one thread.
 */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    private Http2Headers head = EmptyHttp2Headers.INSTANCE;
    private boolean isCut;

    /** One frame. */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        /** The number that it begins with: of a reset, why; of a goodbye, its last stream. */
        int number() {
            return payload.getInt(0);
        }

        /** Why the server says goodbye. */
        int error() {
            return payload.getInt(4);
        }

        boolean isLast() {
            return (flags & END_STREAM) != 0;
        }

        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    private RawHttp2(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Shakes hands, and says nothing yet. */
    static RawHttp2 connect(SecureServer server) {
        try {
            SSLSocket socket = server.secure("TLSv1.3");
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (!"h2".equals(socket.getApplicationProtocol())) {
                throw new IOException("not h2 but " + socket.getApplicationProtocol());
            }
            return new RawHttp2(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Begins with the usual settings. */
    static RawHttp2 open(SecureServer server) {
        return connect(server).begin();
    }

    /** Begins with a window of this size for each stream. */
    static RawHttp2 open(SecureServer server, int windowBytes) {
        byte[] setting =
                ByteBuffer.allocate(6).putShort((short) 4).putInt(windowBytes).array();
        return connect(server).begin(setting);
    }

    private RawHttp2 begin(byte... settings) {
        write(PREFACE);
        return send(SETTINGS, 0, 0, settings);
    }

    RawHttp2 send(int type, int flags, int stream, byte... payload) {
        write(frame(type, flags, stream, payload));
        return this;
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        return frame.array();
    }

    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends, if the server still takes it. */
    void tryWrite(byte[] bytes) {
        try {
            write(bytes);
        } catch (UncheckedIOException end) {
            isCut = true;
        }
    }

    /** Whether the server did not take all. */
    boolean isCut() {
        return isCut;
    }

    /** A whole request without a body. */
    RawHttp2 get(int stream, String path, String... more) {
        return send(HEADERS, END_STREAM | END_HEADERS, stream, head("GET", path, more));
    }

    static byte[] head(String method, String path, String... more) {
        var head = new ByteArrayOutputStream();
        head.writeBytes(fields(":method", method, ":scheme", "https", ":authority", "localhost"));
        head.writeBytes(fields(":path", path));
        head.writeBytes(fields(more));
        return head.toByteArray();
    }

    /** Names and values as literals that nobody keeps (RFC 7541, 6.2.2). */
    static byte[] fields(String... namesAndValues) {
        var fields = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.write(0);
            writeText(namesAndValues[i], fields);
            writeText(namesAndValues[i + 1], fields);
        }
        return fields.toByteArray();
    }

    private static void writeText(String text, ByteArrayOutputStream to) {
        int length = text.length();
        if (length < 127) {
            to.write(length);
        } else {
            to.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                to.write((rest & 127) | 128);
            }
            to.write(rest);
        }
        to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next frame; fails at the end. */
    Frame next() {
        try {
            int start = in.readInt();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[start >>> 8];
            in.readFully(payload);
            var frame = new Frame(start & 0xFF, flags, stream, ByteBuffer.wrap(payload));
            if (frame.type() == HEADERS) {
                decode(frame);
            }
            return frame;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The next frame of this type; the others before it are dropped. */
    Frame next(int type) {
        return next(frame -> frame.type() == type);
    }

    Frame next(Predicate<Frame> wanted) {
        Frame frame = next();
        while (!wanted.test(frame)) {
            frame = next();
        }
        return frame;
    }

    /** The next head of an answer. */
    Http2Headers headers() {
        next(HEADERS);
        return head;
    }

    /** All heads must be read, since each may build on those before it. */
    private void decode(Frame frame) throws IOException {
        try {
            head = decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
        } catch (Http2Exception failure) {
            throw new IOException(failure);
        }
    }

    /** The head that was read last. */
    Http2Headers lastHead() {
        return head;
    }

    String status() {
        return headers().status().toString();
    }

    /** Reads to the end of the connection; the reason of the goodbye before it, or -1. */
    int goodbye() {
        int error = -1;
        try {
            while (true) {
                Frame frame = next();
                error = frame.type() == GOAWAY ? frame.error() : error;
            }
        } catch (UncheckedIOException end) {
            if (!(end.getCause() instanceof EOFException)
                    && !(end.getCause() instanceof SocketException)) {
                throw end;
            }
            return error;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
