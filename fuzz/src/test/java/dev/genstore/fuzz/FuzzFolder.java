package dev.genstore.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of the fuzzing of a target from run to run: the inputs that reached something new, from
 * which the next run goes on; those that broke something, which the next run tries first; and the log.
 * Confined to one thread.
 */
record FuzzFolder(Path path, Target target) {
    private static final int LOG_LINES = 60;

    /** The folder of a target, made if there is none, with the inputs of its table. */
    static FuzzFolder of(Path parent, Target target) throws IOException {
        var folder = new FuzzFolder(parent.resolve(target.name()).toAbsolutePath(), target);
        Files.createDirectories(folder.corpus());
        Files.createDirectories(folder.findings());
        for (Path input : inputsIn(folder.findings())) {
            Path kept = folder.corpus().resolve(input.getFileName());
            Files.move(input, kept, StandardCopyOption.REPLACE_EXISTING);
        }
        List<byte[]> inputs = target.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.corpus().resolve("table-" + i), inputs.get(i));
        }
        return folder;
    }

    Path corpus() {
        return path.resolve("corpus");
    }

    Path findings() {
        return path.resolve("found");
    }

    Path log() {
        return path.resolve("log");
    }

    /** For each input that broke something where it is, and the line to add to the table. */
    List<String> found() throws IOException {
        var found = new ArrayList<String>();
        for (Path input : inputsIn(findings())) {
            found.add("%s\nadd to src/test/resources/dev/genstore/fuzz/%s:\n%s\n"
                    .formatted(input, target.file(), Target.line(Files.readAllBytes(input))));
        }
        return found;
    }

    /** The end of what Jazzer has said. */
    String logEnd() throws IOException {
        List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private static List<Path> inputsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(FuzzFolder::isInput).toList();
        }
    }

    private static boolean isInput(Path file) {
        return file.getFileName().toString().matches("(crash|timeout|oom|slow-unit)-.*");
    }
}
