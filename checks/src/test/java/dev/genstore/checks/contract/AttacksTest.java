package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the page on security says is tried, is tried. */
class AttacksTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test\\.[a-z0-9_]+)`");

    @Test
    void each_attack_has_its_tests() throws IOException {
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(10);
        Set<String> known = KnownTests.all();
        assertThat(rows).allSatisfy(row -> {
            assertThat(tests(row)).isNotEmpty();
            assertThat(known).containsAll(tests(row));
        });
    }

    private static List<String> rows() throws IOException {
        String page = Files.readString(KnownTests.root().resolve("SECURITY.md"));
        return page.substring(page.indexOf("## Attacks that are tried"))
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
    }

    private static List<String> tests(String row) {
        return NAMED.matcher(row)
                .results()
                .map(MatchResult::group)
                .map(AttacksTest::bare)
                .toList();
    }

    private static String bare(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }
}
