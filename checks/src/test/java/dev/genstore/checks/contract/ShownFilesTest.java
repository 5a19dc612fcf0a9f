package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A block behind {@code <!-- a/file -->} in the documents is that file, or a part of it. */
class ShownFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- (\\S+) -->\\n```\\w+\\n(.*?)```\\n<!-- end -->", Pattern.DOTALL);

    private record Shown(Path document, String file, String text) {}

    @Test
    void every_file_that_a_document_shows_is_shown_as_it_is() throws IOException {
        List<Shown> all = shown();
        assertThat(all).hasSizeGreaterThanOrEqualTo(5);
        for (Shown shown : all) {
            assertThat(Files.readString(ROOT.resolve(shown.file())))
                    .as("%s in %s", shown.file(), shown.document())
                    .contains(shown.text());
        }
    }

    @Test
    void a_program_is_shown_whole() throws IOException {
        assertThat(shown()).filteredOn(one -> one.file().endsWith(".java")).allSatisfy(one -> {
            assertThat(one.text()).isEqualTo(Files.readString(ROOT.resolve(one.file())));
        });
    }

    private static List<Shown> shown() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(document -> shown(document).stream())
                    .toList();
        }
    }

    private static List<Shown> shown(Path document) {
        try {
            var shown = new ArrayList<Shown>();
            Matcher matcher = SHOWN.matcher(Files.readString(document));
            while (matcher.find()) {
                shown.add(new Shown(document, matcher.group(1), matcher.group(2)));
            }
            return shown;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
