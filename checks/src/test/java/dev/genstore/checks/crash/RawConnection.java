package dev.genstore.checks.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which the test sees every byte, or takes none. Confined to the test's thread. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** Asks for this URL and reads nothing yet. */
    static RawConnection get(URI url, String... headers) throws IOException {
        var socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String target = url.toString().substring(url.resolve("/").toString().length() - 1);
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new RawConnection(socket);
    }

    /** Reads until what was read has this text. */
    String readUntil(String text) throws IOException {
        var read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).contains(text)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IllegalStateException("It ended behind " + read);
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Reads what is left until the server ends the connection. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
