package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.tools.ToolProvider;

/** The guide: every piece of Java in it is compiled, as a program of its own, and run. */
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guides/java-client.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern DEPENDENCY =
            Pattern.compile("<groupId>[^<]*</groupId><artifactId>[^<]*</artifactId>");

    @TempDir
    private static Path data;

    private static Site site;

    /** A piece of code, and its name, which is that of its class. */
    record Snippet(String name, String text) {
        /**
         * As a class: imports first; what begins at the margin with `static` or `record` is a
         * member.
         */
        String program(String server) {
            List<String> lines =
                    text.replace("http://127.0.0.1:8080", server).lines().toList();
            return lines(lines, "import ")
                    + "public class " + name + " {\n"
                    + lines(lines, "static |record ")
                    + "public static void run() throws Exception {\n"
                    + lines(lines, "(?!import |static |record ).*")
                    + "}\n}\n";
        }

        private static String lines(List<String> lines, String beginning) {
            return lines.stream()
                    .filter(line -> Pattern.compile(beginning).matcher(line).lookingAt())
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        site = new Site(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static List<Snippet> snippets() throws IOException {
        List<String> texts = SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .toList();
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Snippet("Snippet" + (i + 1), texts.get(i)))
                .toList();
    }

    @Test
    void there_is_a_piece_for_each_part() throws IOException {
        String all = snippets().stream().map(Snippet::text).collect(Collectors.joining());
        assertThat(all).contains("Stored<", "Conflict", "Events<", "Flow.", "Live<", "builder(");
    }

    @Test
    void what_it_needs_is_in_the_bom() throws IOException {
        String guide = Files.readString(GUIDE).replaceAll("\\s+", "");
        String bom = Files.readString(Path.of("../bom/pom.xml")).replaceAll("\\s+", "");
        List<String> needed =
                DEPENDENCY.matcher(guide).results().map(MatchResult::group).toList();
        assertThat(needed).hasSize(1).allSatisfy(it -> assertThat(bom).contains(it + "<version>"));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    @Timeout(60)
    void each_piece_is_a_program_that_works(Snippet snippet, @TempDir Path folder)
            throws Exception {
        Path file = folder.resolve(snippet.name() + ".java");
        Files.writeString(file, snippet.program(site.url().toString()));
        compile(file, folder);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass(snippet.name()).getMethod("run").invoke(null);
        }
    }

    private static void compile(Path file, Path folder) {
        var said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }
}
