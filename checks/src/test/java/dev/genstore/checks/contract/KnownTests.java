package dev.genstore.checks.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that there are, by the names under which the documents speak of them. */
final class KnownTests {
    private static final Pattern TEST = Pattern.compile("void ([a-z0-9_]+)\\(");

    private KnownTests() {}

    /** All of the project, each {@code SomeTest.some_promise}. */
    static Set<String> all() throws IOException {
        var all = new HashSet<String>();
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(KnownTests::hasTests).toList()) {
                String name = file.getFileName().toString().replace(".java", ".");
                TEST.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> all.add(name + found.group(1)));
            }
        }
        return all;
    }

    private static boolean hasTests(Path file) {
        return file.toString().matches(".*[\\\\/]src[\\\\/].*(Test|Contract)\\.java");
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }
}
