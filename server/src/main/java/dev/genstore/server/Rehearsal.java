package dev.genstore.server;

import dev.genstore.embedded.Genstore;
import dev.genstore.server.cli.Commands;
import dev.genstore.server.cli.ExitCode;
import dev.genstore.server.config.Settings;
import dev.genstore.server.config.SettingsReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A short life of a server, on a free port: it starts, answers the requests that are usual, tells
 * watchers, and stops. The launcher lets the JVM watch it once and keep what it has learned (an AOT
 * cache, JEP 483), with which later starts cost half as much.
 *
 * <p>{@code java -cp genstore-server.jar dev.genstore.server.Rehearsal FOLDER} ends with 0 when all
 * went well. The store that it leaves in the folder is of no use.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** So often that nothing is done for the first time in a real start only. */
    private static final int ROUNDS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final List<String> REQUESTS = List.of(
            "GET /healthz",
            "GET /readyz",
            "POST /api/notes",
            "PUT /api/notes/1",
            "PATCH /api/notes/1",
            "GET /api/notes/1",
            "GET /api/notes",
            "GET /api/notes?filter=size%3E3&sort=-title",
            "GET /api/notes/none",
            "DELETE /api/notes/1",
            "GET /metrics");

    private static final String WEB_SOCKET = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==",
            "");

    private final InetSocketAddress address;

    private Rehearsal(InetSocketAddress address) {
        this.address = address;
    }

    /** Rehearses in a folder and ends the process. */
    public static void main(String[] arguments) {
        var said = new StringWriter();
        int code = in(Path.of(arguments[0]), new PrintWriter(said));
        LOG.info("The rehearsal ends with {}: {}", code, said);
        System.exit(code);
    }

    /** Rehearses with the defaults, whatever the environment says, and returns the exit code. */
    static int in(Path folder, PrintWriter out) {
        var reader = new SettingsReader(Map.of(), folder.toAbsolutePath());
        var commands = new Commands(reader, settings -> rehearse(settings, out), out, out);
        return commands.run("serve", "--port=0");
    }

    private static int rehearse(Settings settings, PrintWriter out) {
        try (Genstore store = ServeUntilStopped.start(settings)) {
            out.println(ServeUntilStopped.greeting(store, settings));
            new Rehearsal(store.address()).run();
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            for (String request : REQUESTS) {
                ask(request, "", "\r\n\r\n");
            }
            ask("GET /api/notes?since=0", "Accept: text/event-stream\r\n", "synced");
            ask("GET /api/notes?since=0", "Accept: application/x-ndjson\r\n", "synced");
            ask("GET /api/notes?since=0", WEB_SOCKET, "synced");
        }
    }

    /** Sends a request and reads until its answer has this in it. */
    private void ask(String request, String fields, String awaited) throws IOException {
        String body = request.startsWith("P") ? "{\"title\":\"A note\",\"size\":12.5}" : "";
        String head = request + " HTTP/1.1\r\nHost: localhost\r\n" + fields
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            readUntil(awaited, socket.getInputStream());
        }
    }

    private static void readUntil(String awaited, InputStream answer) throws IOException {
        var read = new StringBuilder();
        byte[] bytes = new byte[8192];
        while (read.indexOf(awaited) < 0) {
            int count = answer.read(bytes);
            if (count < 0) {
                throw new EOFException("no " + awaited + " in " + read);
            }
            read.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
    }
}
