package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.TestIdentity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program with a certificate, and the commands of {@code docs/guides/tls.md}. */
class TlsGuideTest {
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private Launch launch() {
        return Launch.serve(
                folder,
                "--tls-certificate",
                folder.resolve("server.pem").toString(),
                "--tls-key",
                folder.resolve("server.key").toString());
    }

    @Test
    void the_program_serves_by_tls_where_it_is_given_a_certificate() throws Exception {
        TestIdentity.shared().write(folder);
        try (ServerProcess server = launch().start();
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(TestIdentity.trusting(TestIdentity.shared()))
                        .build()) {
            assertThat(server.url()).hasScheme("https");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/readyz"))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ready\n");
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void a_missing_certificate_is_told_in_one_line() {
        try (ServerProcess server = launch().spawn()) {
            assertThat(server.awaitExit()).isNotZero();
            assertThat(server.errors())
                    .contains("The certificate " + folder.resolve("server.pem") + " is not there.")
                    .doesNotContain("\tat ");
        }
    }

    /** Made as the guide says, and asked as it says. */
    @Test
    void the_commands_of_the_guide_do_what_it_says() throws Exception {
        List<String> commands =
                COMMANDS.matcher(guide()).results().map(found -> found.group(1)).toList();
        assertThat(commands).hasSize(4);
        run(commands.get(3));
        assertThat(commands.get(0)).contains("--tls-certificate server.pem --tls-key server.key");
        try (ServerProcess server = launch().start()) {
            URI url = server.url();
            String ask = commands.get(1).replace("localhost:8080", "localhost:" + url.getPort());
            assertThat(run(ask)).contains("\"position\"");
            run("cp server.key old.key");
            run(commands.get(2));
            assertThat(run(ask)).contains("\"position\"");
        }
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("../docs/guides/tls.md"));
    }

    private String run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-ec", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(shell.exitValue()).as("%s: %s", command, said).isZero();
        return said;
    }
}
