package dev.genstore.checks.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of what the server is made of is made of the right modules. The list itself is only there
 * behind a build that has a network.
 */
class SbomTest {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern EXCLUDED =
            Pattern.compile("<excludeArtifactId>([^<]+)</excludeArtifactId>");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern NAME = Pattern.compile("<artifactId>([a-z-]+)</artifactId>");

    @Test
    void it_has_the_modules_that_the_server_is_made_of_and_no_others() throws IOException {
        Map<String, String> modules = modules();
        Set<String> parts = new HashSet<>();
        addParts("genstore-server", modules, parts);
        assertThat(parts).hasSizeGreaterThan(5);
        Set<String> others = new HashSet<>(modules.keySet());
        others.removeAll(parts);
        assertThat(excluded()).containsExactlyInAnyOrderElementsOf(others);
    }

    /** The modules of the project by their names, each with its POM. */
    private static Map<String, String> modules() throws IOException {
        var modules = new TreeMap<String, String>();
        addModules(KnownBad.root(), modules);
        return modules;
    }

    private static void addModules(Path folder, Map<String, String> modules) throws IOException {
        for (String module : all(MODULE, pom(folder))) {
            String pom = pom(folder.resolve(module));
            String own = pom.substring(Math.max(0, pom.indexOf("</parent>")));
            modules.put(all(NAME, own).getFirst(), pom);
            addModules(folder.resolve(module), modules);
        }
    }

    private static String pom(Path folder) throws IOException {
        return Files.readString(folder.resolve("pom.xml"));
    }

    private static void addParts(String name, Map<String, String> modules, Set<String> parts) {
        if (parts.add(name)) {
            all(DEPENDENCY, Objects.requireNonNull(modules.get(name))).stream()
                    .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                    .flatMap(dependency -> all(NAME, dependency).stream())
                    .filter(modules::containsKey)
                    .forEach(part -> addParts(part, modules, parts));
        }
    }

    private static Set<String> excluded() throws IOException {
        return all(EXCLUDED, pom(KnownBad.root())).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .collect(Collectors.toSet());
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(SbomTest::inside).toList();
    }

    private static String inside(MatchResult found) {
        return found.group(1);
    }
}
