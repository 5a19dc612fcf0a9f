package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How {@code ./genstore} and {@code ./mvnw} find a JDK 25; the JDKs here are only their looks. */
class LauncherTest {
    private static final String JDK_25 = "JAVA_VERSION=\"25.0.1\"";
    private static final String JDK_17 = "JAVA_VERSION=\"17.0.15\"";
    private static final String JDK_250 = "JAVA_VERSION=\"250\"";

    @TempDir
    private Path folder;

    @Test
    void java_home_comes_first() throws IOException {
        Path chosen = jdk("chosen", JDK_25);
        Path onPath = jdk("on-path", JDK_25);
        assertThat(found(chosen, onPath)).isEqualTo(chosen.toString());
    }

    @Test
    void a_java_home_of_another_version_is_passed_over_for_the_java_on_the_path()
            throws IOException {
        Path onPath = jdk("on-path", JDK_25);
        assertThat(found(jdk("old", JDK_17), onPath)).isEqualTo(onPath.toString());
        assertThat(found(jdk("far", JDK_250), onPath)).isEqualTo(onPath.toString());
    }

    @Test
    void the_java_on_the_path_may_be_a_link_to_a_link() throws IOException {
        Path real = jdk("real", JDK_25);
        Path alternatives = Files.createDirectories(folder.resolve("alternatives"));
        Path usr = folder.resolve("usr");
        Path bin = Files.createDirectories(usr.resolve("bin"));
        Files.createSymbolicLink(
                alternatives.resolve("java"), real.resolve("bin").resolve("java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../../alternatives/java"));
        assertThat(found(jdk("old", JDK_17), usr)).isEqualTo(real.toString());
    }

    @Test
    void mvnw_needs_no_home() throws IOException {
        assertThat(saidByMvnw("go")).endsWith(" go\n");
    }

    @Test
    void mvnw_says_when_a_build_makes_no_list_of_what_the_server_is_made_of() throws IOException {
        String line = "mvnw: offline, so no list is made";
        assertThat(saidByMvnw("-o verify")).contains(line, "target/genstore-sbom.json");
        assertThat(saidByMvnw("verify")).doesNotContain(line);
        assertThat(saidByMvnw("-o spotless:apply")).doesNotContain(line);
    }

    /** Where Maven is a program that says what it is called with. */
    private String saidByMvnw(String arguments) throws IOException {
        Path project = Files.createTempDirectory(folder.toRealPath(), "project");
        Path wrapper = Files.createDirectories(project.resolve(".mvn/wrapper"));
        Files.copy(root().resolve("mvnw"), project.resolve("mvnw"));
        Files.copy(findJdk(), project.resolve(".mvn/find-jdk.sh"));
        Files.copy(
                root().resolve(".mvn/wrapper/maven-wrapper.properties"),
                wrapper.resolve("maven-wrapper.properties"));
        Path jdk = jdk(project.getFileName() + "-jdk", JDK_25);
        Path mvn = jdk.resolve("bin/mvn");
        Files.writeString(mvn, "#!/bin/sh\necho Apache Maven 3.9.9 for \"$*\"\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        String withoutHome = "unset HOME MAVEN_USER_HOME; sh '" + project.resolve("mvnw") + "' ";
        return said(withoutHome + arguments + " 2>&1", jdk, jdk);
    }

    private Path jdk(String name, String release) throws IOException {
        Path home = Files.createDirectories(folder.toRealPath().resolve(name));
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), release + "\n");
        for (String program : new String[] {"java", "javac"}) {
            Files.writeString(bin.resolve(program), "#!/bin/sh\n");
            assertThat(bin.resolve(program).toFile().setExecutable(true)).isTrue();
        }
        return home;
    }

    /** What the script makes JAVA_HOME of. */
    private static String found(Path javaHome, Path onPath) throws IOException {
        return said(". '" + findJdk() + "' && printf %s \"$JAVA_HOME\"", javaHome, onPath);
    }

    /** What a script says where nothing can be downloaded. */
    private static String said(String script, Path javaHome, Path onPath) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", script);
        builder.environment()
                .putAll(Map.of(
                        "MVNW_REPOURL",
                        "http://127.0.0.1:1",
                        "JAVA_HOME",
                        javaHome.toString(),
                        "PATH",
                        onPath.resolve("bin") + ":" + System.getenv("PATH")));
        byte[] said = builder.start().getInputStream().readAllBytes();
        return new String(said, StandardCharsets.UTF_8);
    }

    private static Path findJdk() {
        return root().resolve(".mvn/find-jdk.sh");
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mvnw")) ? here : here.resolve("..").normalize();
    }
}
