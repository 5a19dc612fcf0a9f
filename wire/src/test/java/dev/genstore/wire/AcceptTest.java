package dev.genstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class AcceptTest {
    private static final List<String> OFFERED =
            List.of("application/json", "text/event-stream", "application/x-ndjson");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                              | application/json",
                "text/event-stream                             | text/event-stream",
                "TEXT/Event-Stream                             | text/event-stream",
                "text/event-stream; charset=utf-8              | text/event-stream",
                "*/*                                           | application/json",
                "text/*                                        | text/event-stream",
                "application/*                                 | application/json",
                "image/png, */*;q=0.1                          | application/json",
                "application/json;q=0.5, text/event-stream     | text/event-stream",
                "application/json; q=0.5,application/x-ndjson;q=0.501 | application/x-ndjson",
                "*/*, application/json;q=0                     | text/event-stream",
                "application/*;q=0.2, application/x-ndjson, */*;q=0.5 | application/x-ndjson",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
                        + " | application/json",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2 | application/json",
                ", ,application/x-ndjson                       | application/x-ndjson",
                "''                                            | application/json"
            })
    void the_type_that_the_client_likes_best_is_chosen(String header, String chosen) {
        assertThat(Accept.choose(Optional.of(header), OFFERED)).isEqualTo(chosen);
    }

    @Test
    void without_the_header_the_first_type_is_chosen() {
        assertThat(Accept.choose(Optional.empty(), OFFERED)).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "text/html, image/*",
                "*/*;q=0",
                "application/jsonx",
                "application",
                "application/json;q=0, text/*;q=0, application/x-ndjson;q=0.000"
            })
    void where_nothing_is_liked_the_answer_is_406_and_names_what_there_is(String header) {
        assertThatThrownBy(() -> Accept.choose(Optional.of(header), OFFERED))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_ACCEPTABLE))
                .hasMessageContaining("application/json, text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=2", "q=-1", "q=", "q=0.1234", "q=1.001", "q=high", "Q=.", "q=.1234"})
    void a_quality_that_is_none_is_a_wrong_header(String quality) {
        assertThatThrownBy(() -> Accept.choose(Optional.of("*/*; " + quality), OFFERED))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.type()).isEqualTo(ProblemType.INVALID_HEADER));
    }
}
