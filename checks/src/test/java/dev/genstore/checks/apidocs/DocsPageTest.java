package dev.genstore.checks.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.clients.Chromium;
import dev.genstore.checks.clients.Npm;
import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The page that shows the API comes whole from the server itself. */
class DocsPageTest {
    private static final String VIEWER = "/docs/rapidoc-9.3.8.js";

    /** Of {@code dist/rapidoc-min.js} in the npm package rapidoc 9.3.8. */
    private static final String PUBLISHED =
            "affbd173a65e870e18f392cca963113bcdafb6e50e88cd2f6a834a65b22db94d";

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_may_load_nothing_from_elsewhere_and_is_put_into_no_frame() {
        Answer page = RawHttp.get(server.port(), "/docs");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("http", "*", "unsafe-eval");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.text()).contains("openapi.json").doesNotContain("http");
    }

    @Test
    void the_viewer_is_as_its_makers_have_published_it() throws Exception {
        Answer packed = RawHttp.get(server.port(), VIEWER, "Accept-Encoding", "br, gzip;q=0.8");
        assertThat(packed.header("Content-Encoding")).contains("gzip");
        Answer plain = RawHttp.get(server.port(), VIEWER);
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(List.of(unpacked(packed.body()), plain.body()))
                .allSatisfy(script -> assertThat(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(script)))
                        .isEqualTo(PUBLISHED));
        assertThat(plain.header("Cache-Control").orElseThrow()).contains("immutable");
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("chromium")
    void a_browser_shows_it_without_a_complaint_and_asks_nobody_else(Path chromium)
            throws IOException {
        JsonNode seen = look(chromium);
        assertThat(texts(seen, "complaints")).isEmpty();
        assertThat(texts(seen, "requests"))
                .contains(
                        server.url(VIEWER).toString(),
                        server.url("/openapi.json").toString())
                .allMatch(url -> url.startsWith(server.url("/").toString())
                        || url.startsWith("data:")
                        || url.startsWith("blob:"));
        assertThat(texts(seen, "operations"))
                .anyMatch(text -> text.contains("Makes a resource"))
                .hasSizeGreaterThan(15);
    }

    static List<Path> chromium() {
        return Chromium.find().stream().toList();
    }

    private JsonNode look(Path chromium) throws IOException {
        Path folder = Npm.install();
        var command = new ProcessBuilder(
                        "node",
                        "docs.mjs",
                        server.url("/docs").toString(),
                        "Makes a resource",
                        "Idempotency-Key",
                        "docs.png")
                .directory(folder.toFile())
                .redirectError(folder.resolve("docs-errors.txt").toFile());
        command.environment().put("CHROMIUM", chromium.toString());
        Process browser = Npm.start(command);
        String told = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.onExit().join().exitValue())
                .as("target/js/docs-errors.txt says why")
                .isZero();
        return Trees.read(told);
    }

    private static List<String> texts(JsonNode seen, String name) {
        return seen.get(name).valueStream().map(JsonNode::stringValue).toList();
    }
}
