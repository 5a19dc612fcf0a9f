package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.contract.KnownTests;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No block of a document is only to be looked at: each is tried, by a test that is known. */
class BlocksTest {
    private static final String WHAT_TO_DO = """
            Nothing tries a block. Do one of these:
            * Call it sh, http or js if somebody types it: PlayedPagesTest does so, in the order of the page.
            * Call it json or nothing if it is what comes of the block before it, and put it behind that one;
              commands that readers need not see stand in a comment, between lines of "<!-- run" and "-->".
            * Put "<!-- some/file -->" in front and "<!-- end -->" behind if it is a part of that file.
            * Put "<!-- file: Some.java -->" in front if a reader makes that file of it.
            * Put "<!-- tried: SomeTest.some_promise -->" in front if that test does, and names the page.
            * Or write "<!-- LANGUAGE: SomeTest.some_promise -->" into the page, and a test that tries all
              blocks of that language in it and names the page.
            """;

    @Test
    void every_block_of_the_documents_is_tried() {
        List<Page> pages = Page.all();
        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(pages.stream().flatMap(page -> untried(page).stream()))
                .as(WHAT_TO_DO)
                .isEmpty();
    }

    @Test
    void a_block_of_a_kind_that_nobody_knows_is_told() {
        assertThat(untried(Page.of("a.md", "```sh\nls\n```\n\n```yaml\na: 1\n```\n")))
                .containsExactly("a.md:5");
        assertThat(untried(Page.of("a.md", "```json\n1\n```\n\n```sh\nls\n```\n")))
                .containsExactly("a.md:1");
        assertThat(untried(Page.of("a.md", "<!-- yaml: A.b -->\n```yaml\na: 1\n```\n")))
                .isEmpty();
        assertThat(untried(Page.of("a.md", "* one\n  ```sh\n  ls\n  ```\n")))
                .containsExactly("a.md:2", "a.md:4");
    }

    @Test
    void the_tests_that_documents_name_are_there_and_know_of_them() throws IOException {
        Map<String, KnownTests.Written> tests = KnownTests.words();
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                Optional<String> test = page.test(block);
                if (test.isPresent()) {
                    assertThat(words(test.get(), tests))
                            .as("%s, which says that it tries %s", test.get(), block.place())
                            .contains(page.fileName());
                }
            }
        }
    }

    @Test
    void what_a_page_says_of_a_language_is_said_of_a_block() {
        assertThat(Page.all())
                .allSatisfy(page -> assertThat(page.blocks().stream().map(Block::language))
                        .containsAll(page.claims().keySet()));
    }

    /** A test of Java by its name, one of JavaScript, which Java starts, by its path. */
    private static String words(String test, Map<String, KnownTests.Written> tests)
            throws IOException {
        if (test.endsWith(".test.mjs")) {
            return Files.readString(Page.root().resolve(test));
        }
        return Optional.ofNullable(tests.get(test))
                .map(KnownTests.Written::all)
                .orElse("There is no such test.");
    }

    /** Those that nothing tries, and marks that are no block's, such as those that are indented. */
    private static List<String> untried(Page page) {
        var untried = new ArrayList<String>();
        boolean hasRun = false;
        for (Block block : page.played()) {
            boolean isTried = block.isRun() || block.isOwnFile() || (block.isOutput() && hasRun);
            if (!isTried) {
                untried.add(block.place());
            }
            hasRun |= block.isRun();
        }
        untried.addAll(page.strayMarks());
        return untried;
    }
}
