package dev.genstore.checks.door;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An nginx in front of a server, set up as the guide says but without TLS. */
final class Nginx implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Debian has it where only root looks. */
    private static final List<String> ELSEWHERE = List.of("/usr/sbin", "/usr/local/sbin");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where this machine has one. */
    static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), ELSEWHERE.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param folder for what it writes
     * @param site the configuration of the guide
     */
    static Nginx start(Path program, Path folder, String site, int serverPort) throws IOException {
        int port = freePort();
        Path file = folder.resolve("nginx.conf");
        String here = site.replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:8080", "127.0.0.1:" + serverPort);
        Files.writeString(file, frame(folder, here));
        Process process = new ProcessBuilder(
                        program.toString(), "-p", folder.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        var nginx = new Nginx(process, port);
        await().atMost(PATIENCE).until(nginx::listens);
        return nginx;
    }

    /** It keeps nothing outside of its folder, and is one process that ends when it is told to. */
    private static String frame(Path folder, String site) {
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(what -> what + "_temp_path " + folder.resolve(what) + ";")
                .collect(Collectors.joining("\n"));
        return "daemon off;\nmaster_process off;\npid " + folder.resolve("nginx.pid")
                + ";\nerror_log stderr;\nevents { }\nhttp {\naccess_log off;\n" + temporary + "\n"
                + site + "\n}\n";
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx has ended");
        }
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
