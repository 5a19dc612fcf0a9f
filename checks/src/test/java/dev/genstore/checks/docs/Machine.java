package dev.genstore.checks.docs;

import dev.genstore.server.Main;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands for the machine of a reader: a folder that is empty but for {@code ./genstore}, which is the
 * program of this build. Ports, addresses and folders are others than in the documents, so that nothing
 * is harmed. Immutable.
 *
 * @param folder where all of it is
 * @param others what stands in the documents, and what stands for it here
 */
record Machine(Path folder, Map<String, String> others) {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String PORT = "8080";

    static Machine in(Path folder) throws IOException {
        Map<String, String> others = others(folder);
        launcher(folder, Objects.requireNonNull(others.get(PORT)));
        copy("typing.sh", folder);
        copy("page.js", folder);
        Files.createDirectories(folder.resolve(".tmp"));
        return new Machine(folder, others);
    }

    /** The variables of a shell on it. */
    void prepare(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GENSTORE_"));
        environment.put("HOME", folder.toString());
        environment.put("CLASSES", System.getProperty("java.class.path"));
        environment.put("PATH", folder + ":" + JAVA.getParent() + ":" + environment.get("PATH"));
        environment.put("PORT", asHere(PORT));
        environment.put("GENSTORE_SERVER", "http://127.0.0.1:" + asHere(PORT));
    }

    /** Commands, files and what is shown, as they are on it. */
    String asHere(String text) {
        String any = others.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(any)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        Objects.requireNonNull(others.get(found.group()))));
    }

    private static Map<String, String> others(Path folder) throws IOException {
        var others = new LinkedHashMap<String, String>();
        String port = freePort();
        others.put("wss://store.example", "ws://localhost:" + port);
        others.put(PORT, port);
        others.put("9000", freePort());
        for (String address : List.of("0.0.0.0", "10.0.0.5", "10.0.0.4")) {
            others.put(address, "127.0.0.1");
        }
        others.put("2026-11-21T09:30:00Z", "$(date -u +%FT%TZ)");
        others.put(
                "--seconds 30 --writers 64 --watchers 1000",
                "--seconds 1 --writers 8 --watchers 50");
        for (String place :
                List.of("/tmp/mystore", "/var/lib/genstore", "/srv/notes", "/backups")) {
            others.put(place, folder + place);
        }
        others.put("'server/target/genstore/lib/*'", "\"$CLASSES\"");
        return others;
    }

    private static void copy(String name, Path folder) throws IOException {
        try (InputStream file = Terminal.class.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(file, name), folder.resolve("." + name));
        }
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** The program of this build instead of the one that a reader has built. */
    private static void launcher(Path folder, String port) throws IOException {
        Path file = folder.resolve("genstore");
        String command = Stream.of(
                        JAVA.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogback.configurationFile=logback.xml",
                        "-Djava.io.tmpdir=" + folder.resolve(".tmp"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(file, """
                #!/bin/sh
                [ "${1:-}" != serve ] || echo $$ >'%s/.serving'
                [ -f genstore.properties ] || export GENSTORE_PORT="${GENSTORE_PORT:-%s}"
                exec %s "$@"
                """.formatted(folder, port, command));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
