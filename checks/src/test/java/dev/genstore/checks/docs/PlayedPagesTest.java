package dev.genstore.checks.docs;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whoever types what a document has one type, from its first line to its last in an empty folder, sees
 * what it shows.
 */
class PlayedPagesTest {
    static List<Page> pages() {
        return Page.all().stream()
                .filter(page -> page.played().stream().anyMatch(Block::isRun))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Timeout(300)
    void every_command_of_a_page_works_and_says_what_it_shows(Page page, @TempDir Path folder)
            throws IOException {
        try (Terminal terminal = Terminal.open(folder.toRealPath())) {
            play(page.played(), terminal);
        }
    }

    private static void play(List<Block> blocks, Terminal terminal) throws IOException {
        String said = "";
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean isShown = i + 1 < blocks.size() && blocks.get(i + 1).isOutput();
            if (block.isOwnFile()) {
                terminal.write(block);
            } else if (block.isRun()) {
                said = terminal.type(block, isShown);
            } else {
                terminal.requireShown(block, said);
            }
        }
    }
}
