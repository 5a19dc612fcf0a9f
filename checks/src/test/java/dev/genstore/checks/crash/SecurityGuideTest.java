package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the guide to security has a reader type works, from the first line to the last, in one shell,
 * and says what the guide shows. The server that it starts goes on in the background.
 */
class SecurityGuideTest {
    private static final Path GUIDE = Path.of("../docs/guides/security.md");

    /** A block of commands, and what it says if that is shown. */
    private static final Pattern BLOCK =
            Pattern.compile("```sh\\n(.*?)```\\n(?:\\n```\\n(.*?)```\\n)?", Pattern.DOTALL);

    private static final String SERVE = "./genstore serve";

    @TempDir
    private Path folder;

    private record Block(String commands, String shown) {}

    @Test
    @Timeout(180)
    void every_command_of_it_works_and_says_what_it_shows() throws Exception {
        List<Block> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(8);
        Files.writeString(folder.resolve("genstore"), launcher());
        Files.setPosixFilePermissions(
                folder.resolve("genstore"), PosixFilePermissions.fromString("rwx------"));
        String said = run(script(blocks));
        for (int i = 0; i < blocks.size(); i++) {
            String part = said.split(mark(i), 2)[1].split(mark(i + 1), 2)[0];
            assertThat(part).as(blocks.get(i).commands()).matches(expected(blocks.get(i)));
        }
    }

    private static List<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        Matcher matcher = BLOCK.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            String shown = matcher.group(2);
            blocks.add(new Block(matcher.group(1), shown == null ? "" : shown));
        }
        return blocks;
    }

    /** The program of this build instead of the one that a reader has built. */
    private String launcher() throws IOException {
        Launch launch = Launch.of(folder, Main.class);
        Files.createDirectories(launch.temporary());
        String command = launch.command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        return "#!/bin/sh\nexec " + command + " \"$@\"\n";
    }

    private static String script(List<Block> blocks) throws IOException {
        int port = freePort();
        var script = new StringBuilder("set -e\nexport GENSTORE_PORT=" + port + "\n");
        script.append("trap '[ -z \"$SERVER\" ] || kill \"$SERVER\"' EXIT\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append("echo ").append(mark(i)).append('\n');
            script.append(inBackground(blocks.get(i).commands().replace("8080", "" + port), port));
        }
        return script.append("echo ").append(mark(blocks.size())).append('\n').toString();
    }

    /** A reader has another window for it. */
    private static String inBackground(String commands, int port) {
        return commands.startsWith(SERVE)
                ? commands.stripTrailing() + " > served 2>&1 & SERVER=$!\n"
                        + "until curl -s -f localhost:" + port + "/healthz > health; do\n"
                        + "  kill -0 $SERVER || { cat served; exit 1; }\ndone\n"
                : commands;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String mark(int block) {
        return "=== block " + block + " ===";
    }

    /** Anything may stand where the guide has an ellipsis, and around what it shows. */
    private static String expected(Block block) {
        return Stream.of(block.shown().strip().split("\\n"))
                .map(line -> Stream.of(line.split("…"))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("\\n", "(?s).*", ".*"));
    }

    private String run(String script) throws Exception {
        Path output = folder.resolve("output");
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean hasEnded = shell.waitFor(150, TimeUnit.SECONDS);
        if (!hasEnded) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(hasEnded).as(said).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        return said;
    }
}
