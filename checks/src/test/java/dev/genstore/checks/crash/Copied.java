package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A folder with a copy of the launcher and as little beside it as it needs; what builds is only its
 * looks.
 *
 * @param home the folder
 * @param jdk the home of the JDK that starts find
 */
record Copied(Path home, Path jdk) {
    /** What a start said, and how it ended. */
    record Ended(int code, String out, String err) {}

    /** Copies the launcher; {@code mvnw} is this script. */
    static Copied into(Path home, Path jdk, String build) throws IOException {
        Files.createDirectories(home.resolve(".mvn"));
        Files.createDirectories(home.resolve("core/src/main"));
        Files.copy(root().resolve("genstore"), home.resolve("genstore"));
        Files.copy(root().resolve(".mvn/find-jdk.sh"), home.resolve(".mvn/find-jdk.sh"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("core/pom.xml"), "<project/>");
        Files.writeString(home.resolve("core/src/main/Some.java"), "class Some {}");
        var copied = new Copied(home, jdk);
        copied.program("mvnw", build);
        return copied;
    }

    /** Runs a line of shell in the folder. */
    Ended start(String command) throws Exception {
        return start(command, Map.of());
    }

    Ended start(String command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", command).directory(home.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        Path err = home.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    void program(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
        assertThat(home.resolve(name).toFile().setExecutable(true)).isTrue();
    }

    private static Path root() {
        Path place = Path.of("").toAbsolutePath();
        return Files.exists(place.resolve("genstore"))
                ? place
                : place.resolve("..").normalize();
    }
}
