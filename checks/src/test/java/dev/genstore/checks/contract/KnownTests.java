package dev.genstore.checks.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests that there are, by the names under which the documents speak of them. */
public final class KnownTests {
    private static final Pattern TEST = Pattern.compile("void ([a-z0-9_]+)\\(");
    private static final Pattern CONSTANT = Pattern.compile("static final [^;]*;");

    private KnownTests() {}

    /**
     * The words of a test.
     *
     * @param own those of its method, and of the constants of its class
     * @param all those of its class
     */
    public record Written(String own, String all) {
        private static Written of(String file, MatchResult found) {
            int end = file.indexOf("\n    }\n", found.start());
            String method = file.substring(found.start(), end);
            String constants = CONSTANT.matcher(file)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining("\n", "\n", "\n"));
            return new Written(method + constants, file);
        }
    }

    /** All of the project, each {@code SomeTest.some_promise}. */
    public static Set<String> all() throws IOException {
        return words().keySet();
    }

    /** What they do, by their names. */
    public static Map<String, Written> words() throws IOException {
        var all = new HashMap<String, Written>();
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(KnownTests::hasTests).toList()) {
                String name = file.getFileName().toString().replace(".java", ".");
                String text = Files.readString(file);
                TEST.matcher(text)
                        .results()
                        .forEach(found -> all.put(name + found.group(1), Written.of(text, found)));
            }
        }
        return all;
    }

    private static boolean hasTests(Path file) {
        return file.toString().matches(".*[\\\\/]src[\\\\/].*(Test|Contract)\\.java");
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    public static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }
}
