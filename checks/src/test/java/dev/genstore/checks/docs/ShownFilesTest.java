package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A block behind {@code <!-- a/file -->} in the documents is that file, or a part of it. */
class ShownFilesTest {
    @Test
    void every_file_that_a_document_shows_is_shown_as_it_is() throws IOException {
        assertThat(shown()).hasSizeGreaterThanOrEqualTo(5);
        for (Block block : shown()) {
            assertThat(Files.readString(Page.root().resolve(block.mark())))
                    .as("%s in %s", block.mark(), block.place())
                    .contains(block.text());
        }
    }

    @Test
    void a_program_is_shown_whole() throws IOException {
        for (Block block : shown()) {
            if (block.mark().endsWith(".java")) {
                assertThat(block.text())
                        .as(block.place())
                        .isEqualTo(Files.readString(Page.root().resolve(block.mark())));
            }
        }
    }

    private static List<Block> shown() {
        return Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(Block::isShownFile)
                .toList();
    }
}
