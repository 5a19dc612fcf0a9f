package dev.genstore.checks.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The list of versions with known holes is one that the build heeds. */
class KnownBadTest {
    private static final Pattern ENFORCER =
            Pattern.compile("<plugin>(?:(?!</plugin>).)*maven-enforcer-plugin.*?</plugin>");

    /** A name that is spelt wrong excludes nothing, and nobody would notice. */
    @Test
    void each_line_on_our_own_libraries_is_on_one_that_is_there() throws IOException {
        List<Library> libraries = Library.ofClassPath();
        assertThat(KnownBad.ofOwnLibraries())
                .hasSizeGreaterThan(15)
                .allSatisfy(line -> assertThat(libraries).as("%s", line).anyMatch(line::isOn));
    }

    /** What is in a profile, or managed, is not in each build. */
    @Test
    void our_own_build_heeds_it() throws IOException {
        String pom = Files.readString(KnownBad.root().resolve("pom.xml"))
                .replaceAll("(?s)<!--.*?-->|<(profiles|pluginManagement)>.*?</\\1>|\\s+", "");
        String location = "<location>${maven.multiModuleProjectDirectory}/"
                + KnownBad.root().relativize(KnownBad.file()) + "</location>";
        assertThat(ENFORCER.matcher(pom).results().map(MatchResult::group))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("<goal>enforce</goal>", "<externalRules>" + location)
                .doesNotContain("<phase>", "<skip>", "<inherited>", "<fail>");
        assertThat(pom).doesNotContain("enforcer.skip", "enforcer.fail");
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({
        "io.netty,          netty-codec-http2, 4.2.17.Final, refused",
        "io.netty,          netty-codec-http2, 4.2.18.Final, let in",
        "org.xerial,        sqlite-jdbc,       3.41.2.1,     refused",
    })
    void the_build_refuses_a_version_of_the_list_and_no_other(
            String group, String artifact, String version, String outcome, @TempDir Path folder)
            throws Exception {
        write(folder.resolve("pom.xml"), parent());
        write(folder.resolve("library/pom.xml"), module(group, artifact, version, ""));
        write(folder.resolve("user/pom.xml"), module("a.user", "user", "1", """
                <dependencies><dependency><groupId>%s</groupId><artifactId>%s</artifactId>
                <version>%s</version></dependency></dependencies>
                """.formatted(
                        group, artifact, version)));
        String said = maven(folder);
        assertThat(said.contains("BUILD SUCCESS")).as(said).isEqualTo(outcome.equals("let in"));
        assertThat(said.contains("A library has a hole that is known"))
                .as(said)
                .isEqualTo(outcome.equals("refused"));
    }

    /** The library itself is a module, so that none with a hole need be fetched. */
    private static String parent() {
        return project("a.user", "parent", "1", """
                <packaging>pom</packaging>
                <modules><module>library</module><module>user</module></modules>
                <build><plugins><plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-enforcer-plugin</artifactId><version>3.7.0</version>
                <executions><execution><goals><goal>enforce</goal></goals><configuration><rules>
                <externalRules><location>%s</location></externalRules>
                </rules></configuration></execution></executions>
                </plugin></plugins></build>
                """.formatted(KnownBad.file()));
    }

    private static String module(String group, String artifact, String version, String more) {
        return project(group, artifact, version, """
                <parent><groupId>a.user</groupId><artifactId>parent</artifactId>
                <version>1</version></parent>
                """ + more);
    }

    private static String project(String group, String artifact, String version, String more) {
        return """
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
                %s</project>
                """.formatted(group, artifact, version, more);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private static String maven(Path folder) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("genstore.maven"), "bin", "mvn")
                                .toString(),
                        "-o",
                        "-B",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + System.getProperty("genstore.maven.repository"),
                        "validate")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
