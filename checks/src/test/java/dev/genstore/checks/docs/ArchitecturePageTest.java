package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What ARCHITECTURE.md draws is what there is. */
class ArchitecturePageTest {
    private static final Pattern MODULE = Pattern.compile("^([a-z-]+)/ ", Pattern.MULTILINE);
    private static final Pattern IN_POM = Pattern.compile("<module>([a-z-]+)");

    @Test
    void the_way_of_a_change_and_the_modules_are_as_it_shows_them() throws IOException {
        Page page = Page.read("ARCHITECTURE.md");
        List<String> drawn = page.blocks().stream().map(Block::text).toList();
        assertThat(drawn).hasSize(2);
        assertThat(Stream.of(drawn.getFirst().strip().split("\\W*[─▶]+\\W*(commits──▶ )?")))
                .filteredOn(place -> !place.equals("socket"))
                .hasSizeGreaterThan(5)
                .allSatisfy(place -> assertThat(page.text()).contains("\n| `" + place + "` |"));
        requireModules(names(MODULE, drawn.getLast()));
    }

    private static void requireModules(Set<String> shown) throws IOException {
        Path root = Page.root();
        String pom = Files.readString(root.resolve("pom.xml"));
        assertThat(shown).containsAll(names(IN_POM, pom));
        assertThat(shown).allSatisfy(name -> assertThat(root.resolve(name)).isDirectory());
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
