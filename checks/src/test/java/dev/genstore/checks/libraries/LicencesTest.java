package dev.genstore.checks.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.Table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Genstore is under Apache-2.0, and so must be all that it brings, or under what goes with it. */
class LicencesTest {
    private static final List<Table.Row> FITTING = Table.rows(LicencesTest.class, "licences.txt");

    @Test
    void every_library_has_a_licence_that_goes_with_ours() {
        assertThat(Library.ofClassPath())
                .hasSizeGreaterThan(30)
                .allSatisfy(library -> assertThat(unfitting(library))
                        .as("licences of %s that are not in the table", library)
                        .isEmpty());
    }

    @Test
    void no_row_of_the_table_is_left_over() {
        List<Library> libraries = Library.ofClassPath();
        assertThat(FITTING)
                .allSatisfy(row -> assertThat(libraries)
                        .as("libraries with the licence %s", row.name())
                        .anySatisfy(library -> assertThat(library)
                                .matches(each -> each.licences().contains(row.name()))
                                .matches(each -> isFor(row, each))));
    }

    @ParameterizedTest
    @CsvSource({
        "GPL-3.0-only,    a.library",
        "AGPL-3.0-only,   a.library",
        "BUSL-1.1,        a.library",
        "LGPL-2.1-only,   a.library",
        "'',              a.library",
        "EPL-2.0,         ch.qos.logbackward"
    })
    void another_licence_is_found(String licence, String group, @TempDir Path folder)
            throws IOException {
        Path pom = folder.resolve("a-1.pom");
        Files.writeString(
                pom,
                "<project><groupId>" + group + "</groupId><licenses><license><name>" + licence
                        + "</name></license></licenses></project>");
        assertThat(unfitting(new Library(pom))).containsExactly(licence);
    }

    @Test
    void a_library_without_a_licence_is_found(@TempDir Path folder) throws IOException {
        Path pom = folder.resolve("a-1.pom");
        Files.writeString(pom, "<project><groupId>a.library</groupId></project>");
        assertThat(unfitting(new Library(pom))).containsExactly("none");
    }

    private static List<String> unfitting(Library library) {
        List<String> licences = library.licences();
        return licences.isEmpty()
                ? List.of("none")
                : licences.stream()
                        .filter(licence -> FITTING.stream()
                                .noneMatch(
                                        row -> row.name().equals(licence) && isFor(row, library)))
                        .toList();
    }

    private static boolean isFor(Table.Row row, Library library) {
        String group = row.input();
        return "*".equals(group) || (library.group() + ".").startsWith(group + ".");
    }
}
