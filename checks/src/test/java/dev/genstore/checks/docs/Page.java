package dev.genstore.checks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document. Its comments say what is done with its blocks:
 *
 * <ul>
 *   <li>{@code <!-- java: SomeTest.some_promise -->}: that test tries all of that language;
 *   <li>{@code <!-- tried: SomeTest.some_promise -->} in front of a block: that test tries this one;
 *   <li>{@code <!-- file: Some.java -->} in front of a block: a reader makes a file of it;
 *   <li>{@code <!-- some/file -->} in front of a block: it is a part of that file;
 *   <li>{@code <!-- run}, and commands on lines of their own: they are run where they stand.
 * </ul>
 *
 * Immutable.
 *
 * @param name its path from the root of the project
 * @param text what is in it
 * @param blocks all of it, in their order
 * @param claims the tests that try blocks, by language
 */
record Page(String name, String text, List<Block> blocks, Map<String, String> claims) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:^<!-- (?<mark>(?:\\w+: )?\\S+) -->\\n)?^```(?<language>\\w*)\\n(?<text>.*?)^```$"
                    + "|^<!-- run\\n(?<hidden>.*?)^-->$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CLAIM =
            Pattern.compile("^<!-- (?!file|tried)(\\w+): (\\S+) -->$", Pattern.MULTILINE);
    private static final List<String> TOP = List.of(
            "README.md",
            "SECURITY.md",
            "CONTRIBUTING.md",
            "ARCHITECTURE.md",
            "STYLE.md",
            "CHANGELOG.md",
            "client-js/README.md");

    /** What stands in these is shown in another one. */
    private static final String NOTES = "-notes.md";

    /** All documents. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(root().resolve("docs"))) {
            return Stream.concat(
                            TOP.stream(),
                            files.map(file -> root().relativize(file).toString())
                                    .filter(name -> name.endsWith(".md"))
                                    .filter(name -> !name.endsWith(NOTES))
                                    .sorted())
                    .map(Page::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Page read(String name) {
        try {
            return of(name, Files.readString(root().resolve(name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Page of(String name, String text) {
        var blocks = new ArrayList<Block>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(block(name, text, found));
        }
        Map<String, String> claims = CLAIM.matcher(text)
                .results()
                .collect(Collectors.toMap(claim -> claim.group(1), claim -> claim.group(2)));
        return new Page(name, text, List.copyOf(blocks), Map.copyOf(claims));
    }

    private static Block block(String name, String text, Matcher found) {
        int line = (int) text.substring(0, found.start()).lines().count() + 1;
        String hidden = found.group("hidden");
        if (hidden != null) {
            return new Block(name, line, Block.HIDDEN, "", hidden);
        }
        String mark = found.group("mark");
        return new Block(
                name, line, found.group("language"), mark == null ? "" : mark, found.group("text"));
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }

    /** Its name without its folder. */
    String fileName() {
        return name.replaceFirst(".*/", "");
    }

    /** Its words, on the lines where they stand. */
    String withoutBlocks() {
        return BLOCK.matcher(text)
                .replaceAll(block -> "\n".repeat((int) block.group().lines().count() - 1));
    }

    /** Where there are the three marks of a block that is none. */
    List<String> strayMarks() {
        List<String> lines = withoutBlocks().lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).matches("\\s*(```|~~~).*"))
                .mapToObj(i -> name + ":" + (i + 1))
                .toList();
    }

    /** The test of its own that tries a block, if one does. */
    Optional<String> test(Block block) {
        return block.test().or(() -> Optional.ofNullable(claims.get(block.language())));
    }

    /** What somebody who reads it types, sees, and puts into files; what other tests try is left out. */
    List<Block> played() {
        return blocks.stream()
                .filter(block -> test(block).isEmpty())
                .filter(block -> block.isOwnFile() || !block.isShownFile())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
