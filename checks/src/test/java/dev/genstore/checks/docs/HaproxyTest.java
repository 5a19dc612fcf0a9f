package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of HAProxy in behind-a-proxy.md. What comes over such a connection {@code
 * ProxyProtocolTest} tries.
 */
class HaproxyTest {
    private static final Page PAGE = Page.read("docs/guides/behind-a-proxy.md");
    private static final Pattern SERVER =
            Pattern.compile("server \\w+ ([0-9.]+):8080 send-proxy-v2\\n");

    static List<Path> programs() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .limit(1)
                .toList();
    }

    /** The proxy connects to where the server listens, and speaks as the server understands. */
    @Test
    void its_two_sides_fit_together() {
        System.out.println(
                programs().isEmpty()
                        ? "There is no haproxy: it is not asked what it says of the guide"
                        : "The guide is shown to " + programs().getFirst());
        Matcher server = SERVER.matcher(configuration());
        assertThat(server.find()).isTrue();
        assertThat(configuration()).contains("mode tcp").doesNotContain("mode http");
        assertThat(PAGE.text())
                .containsPattern("genstore serve --host " + Pattern.quote(server.group(1))
                        + " --trusted-proxies \\S+ --forwarding proxy_protocol\n");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void haproxy_takes_it(Path program, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, "defaults\n    timeout connect 5s\n" + configuration());
        Process process = new ProcessBuilder(program.toString(), "-c", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String configuration() {
        return PAGE.blocks().stream()
                .filter(block -> block.language().equals("haproxy"))
                .map(Block::text)
                .findFirst()
                .orElseThrow();
    }
}
