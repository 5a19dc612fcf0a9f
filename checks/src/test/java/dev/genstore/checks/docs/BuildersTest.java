package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.contract.KnownTests;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the documents have those type who build and measure it: in CONTRIBUTING.md, client-js/README.md,
 * console.md, testing.md and benchmarks.md. A build can't run builds of everything, so it looks whether
 * what they call is there: modules, profiles, tests, properties, scripts and options. What packages of a
 * system are called is not looked at.
 */
class BuildersTest {
    private static final String THIS = "BuildersTest.what_it_calls_is_there";
    private static final Path ROOT = Page.root();
    private static final Pattern IN_A_SENTENCE =
            Pattern.compile("`((?:\\./mvnw|bench/(?:run|start|pieces)) [^`]+)`");
    private static final String SOURCES = sources();

    @Test
    void what_it_calls_is_there() throws IOException {
        List<Page> pages =
                Page.all().stream().filter(page -> !blocks(page).isEmpty()).toList();
        assertThat(pages).hasSizeGreaterThanOrEqualTo(5);
        for (Page page : pages) {
            for (Block block : blocks(page)) {
                requireThere(page, block);
            }
        }
    }

    /** In the middle of a sentence, on any page. */
    @Test
    void what_is_called_in_a_sentence_is_there() throws IOException {
        List<String> commands = Page.all().stream()
                .flatMap(page -> IN_A_SENTENCE.matcher(page.withoutBlocks()).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            requireThere(ROOT, command);
        }
    }

    private static List<Block> blocks(Page page) {
        return page.blocks().stream()
                .filter(block -> page.test(block).filter(THIS::equals).isPresent())
                .toList();
    }

    private static void requireThere(Page page, Block block) throws IOException {
        Path beside = ROOT.resolve(page.name()).resolve("..").normalize();
        Path folder = Files.exists(beside.resolve("package.json")) ? beside : ROOT;
        for (String command : commands(block)) {
            if (command.startsWith("cd ")) {
                folder = ROOT.resolve(command.substring(3));
            } else {
                requireThere(folder, command);
            }
        }
    }

    private static void requireThere(Path folder, String command) throws IOException {
        List<String> words = List.of(command.split("\\s+"));
        String program = words.getFirst();
        List<String> told = words.subList(1, words.size());
        switch (program) {
            case "npm" -> requireNpm(folder, told);
            case "./mvnw" -> requireMaven(told);
            case "apt-get" -> assertThat(told).startsWith("install");
            default -> requireBench(program, told);
        }
    }

    private static List<String> commands(Block block) {
        return block.text()
                .replace("\\\n", "")
                .lines()
                .map(line -> line.replaceFirst("(^|\\s)#.*", ""))
                .flatMap(line -> Stream.of(line.split("&&")))
                .map(String::strip)
                .filter(command -> !command.isEmpty())
                .toList();
    }

    private static void requireNpm(Path folder, List<String> told) throws IOException {
        switch (told.getFirst()) {
            case "ci" -> assertThat(folder.resolve("package-lock.json")).exists();
            case "install" ->
                assertThat(ROOT.resolve(told.getLast()).resolve("package.json")).exists();
            default -> {
                String script = told.getLast();
                Path file = folder.resolve("package.json");
                assertThat(JsonMapper.shared()
                                .readTree(Files.readString(file))
                                .path("scripts")
                                .has(script))
                        .as("%s in %s", script, file)
                        .isTrue();
            }
        }
    }

    private static void requireMaven(List<String> told) throws IOException {
        for (String word : told) {
            String before = told.get(Math.max(0, told.indexOf(word) - 1));
            if (before.equals("-pl")) {
                assertThat(word.split(",")).allSatisfy(module -> {
                    assertThat(ROOT.resolve(module).resolve("pom.xml")).exists();
                });
            } else if (word.startsWith("-Dtest=")) {
                String test = word.replaceFirst(".*=", "") + ".";
                assertThat(KnownTests.all()).anyMatch(known -> known.startsWith(test));
            } else {
                assertThat(SOURCES.contains(inSources(word))).as(word).isTrue();
            }
        }
    }

    /** What stands somewhere in the POMs or the programs, if the word of a command means something. */
    private static String inSources(String word) {
        return switch (word) {
            case "verify", "install", "-pl", "-am" -> "";
            case "-Dsurefire.failIfNoSpecifiedTests=false" -> "maven-surefire-plugin";
            default -> {
                if (word.startsWith("-P")) {
                    yield "<id>" + word.substring(2) + "</id>";
                }
                yield word.startsWith("-D")
                        ? word.substring(2).replaceFirst("=.*", "")
                        : "<artifactId>" + word.replaceFirst(":.*", "")
                                + "-maven-plugin</artifactId>";
            }
        };
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(ROOT, 1)) {
            return files.filter(Files::isDirectory)
                    .flatMap(module -> Stream.of(module.resolve("pom.xml"), module.resolve("src")))
                    .filter(Files::exists)
                    .map(BuildersTest::all)
                    .collect(Collectors.joining("\n"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String all(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|xml|py)"))
                    .map(BuildersTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void requireBench(String program, List<String> told) {
        Path file = ROOT.resolve(program);
        assertThat(file).isExecutable();
        String source = text(file);
        String driver = all(ROOT.resolve("bench/driver"));
        for (String option : told) {
            String[] parts = option.split("=", 2);
            assertThat(source).as(program).contains("'" + parts[0] + "'");
            if (parts[0].matches("--scenarios|--servers")) {
                assertThat(Set.of(parts[1].split(","))).allSatisfy(name -> {
                    assertThat(driver).contains("'" + name.replaceFirst("-\\w+$", ""));
                });
            }
        }
    }
}
