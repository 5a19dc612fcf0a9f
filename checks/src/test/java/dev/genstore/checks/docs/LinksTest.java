package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whoever begins at the README finds every document, and each link leads to where it says. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /**
     * A link in a document.
     *
     * @param page what it leads to, from the root of the project
     * @param part the heading there, or nothing
     */
    private record Link(String page, String part) {
        static Link of(Page from, String text) {
            String[] parts = text.split("#", 2);
            Path file = Path.of("/" + from.name());
            String page = parts[0].isEmpty()
                    ? from.name()
                    : file.resolveSibling(parts[0]).normalize().toString().substring(1);
            return new Link(page, parts.length == 1 ? "" : parts[1]);
        }
    }

    @Test
    void every_document_can_be_reached_from_the_readme() {
        Set<String> reached = new HashSet<>(Set.of("README.md"));
        var left = new ArrayDeque<>(reached);
        while (!left.isEmpty()) {
            for (Link link : links(Page.read(left.remove()))) {
                if (link.page().endsWith(".md") && reached.add(link.page())) {
                    left.add(link.page());
                }
            }
        }
        assertThat(reached).containsAll(Page.all().stream().map(Page::name).toList());
    }

    @Test
    void every_link_leads_to_a_file_and_to_a_heading_in_it() {
        for (Page page : Page.all()) {
            assertThat(links(page)).allSatisfy(link -> {
                assertThat(Page.root().resolve(link.page())).as(page.name()).exists();
                if (!link.part().isEmpty()) {
                    assertThat(headings(Page.read(link.page())))
                            .as("%s in %s", link.page(), page)
                            .contains(link.part());
                }
            });
        }
    }

    @Test
    void the_readme_links_every_guide_and_every_reference() {
        assertThat(links(Page.read("README.md")).stream().map(Link::page))
                .containsAll(Page.all().stream()
                        .map(Page::name)
                        .filter(name -> name.matches("docs/(guides|reference)/.*"))
                        .toList());
    }

    @Test
    void pictures_are_there() {
        assertThat(links(Page.read("README.md")))
                .extracting(Link::page)
                .anySatisfy(name -> assertThat(name).endsWith(".png"))
                .allSatisfy(name ->
                        assertThat(Files.exists(Page.root().resolve(name))).isTrue());
    }

    private static List<Link> links(Page page) {
        return LINK.matcher(words(page))
                .results()
                .map(found -> Link.of(page, found.group(1)))
                .toList();
    }

    /** As a page on the web names them: small letters, hyphens for blanks, and no other signs. */
    private static Set<String> headings(Page page) {
        return HEADING.matcher(page.withoutBlocks())
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .map(words -> words.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Without what is only code. */
    private static String words(Page page) {
        return page.withoutBlocks().replaceAll("`[^`\\n]*`", "code");
    }
}
