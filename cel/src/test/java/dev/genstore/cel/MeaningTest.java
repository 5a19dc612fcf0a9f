package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Each operator and function means what the reference says: a row for every case. */
class MeaningTest {
    @ParameterizedTest
    @MethodSource("rows")
    void an_expression_comes_to(String verdict, String expression, String document) {
        assertThat(Trial.outcome(expression, document)).isEqualTo(verdict);
    }

    static List<Arguments> rows() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        String document = "";
        for (String line : Rows.of("meanings.txt")) {
            if (line.startsWith("  ")) {
                String[] parts = line.strip().split(" +", 2);
                rows.add(Arguments.of(parts[0], parts[1], document));
            } else {
                document = line;
            }
        }
        return rows;
    }

    @Test
    void every_document_and_every_row_is_read() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(300);
    }
}
