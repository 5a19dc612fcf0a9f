package dev.genstore.checks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of Node.js in a project that {@link Npm} has installed. */
public record JavaScript(Path folder) {
    private static final int PATIENCE_MINUTES = 4;

    /** The names of a project's own tests. */
    public static List<String> tests(Path source) throws IOException {
        try (Stream<Path> files = Files.list(source.resolve("test"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    /** Runs one; what it says goes into a file, and into the failure if there is one. */
    public void requireSuccess(String name, Map<String, String> told, String... words)
            throws Exception {
        Path said = folder.resolve(name + ".txt");
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        describe(builder.environment());
        builder.environment().putAll(told);
        Process node = Npm.start(builder);
        boolean isOver = node.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!isOver) {
            node.descendants().forEach(ProcessHandle::destroyForcibly);
            node.destroyForcibly().waitFor();
        }
        assertThat(isOver && node.exitValue() == 0)
                .as("%s: %s", name, Files.readString(said, StandardCharsets.UTF_8))
                .isTrue();
    }

    /** Tells the tests with what servers are started, and where the guide and the browser are. */
    private static void describe(Map<String, String> environment) {
        environment.put(
                "GENSTORE_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("GENSTORE_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("GENSTORE_ROOT", Path.of("..").toAbsolutePath().toString());
        Chromium.find().ifPresent(path -> environment.put("CHROMIUM", path.toString()));
        String seed = System.getProperty("genstore.seed");
        if (seed != null) {
            environment.put("GENSTORE_SEED", seed);
        }
    }
}
