package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;

/** What an answer must be. */
final class Expectation {
    private Expectation() {}

    /** Checks one line of a table: {@code 404 not-found}, {@code ETag: "…"} or {@code no ETag}. */
    static void check(Answer answer, String line) {
        String[] words = line.split(" ");
        if (line.matches("[0-9]{3}( [a-z-]+)?")) {
            checkStatus(answer, words);
        } else if ("no".equals(words[0])) {
            assertThat(answer.header(words[1])).as("%s in %s", words[1], answer).isEmpty();
        } else {
            int colon = line.indexOf(':');
            assertThat(answer.header(line.substring(0, colon)))
                    .as("%s in %s", line.substring(0, colon), answer)
                    .contains(line.substring(colon + 1).strip());
        }
    }

    private static void checkStatus(Answer answer, String[] words) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(Integer.parseInt(words[0]));
        if (words.length == 2 && answer.body().length > 0) {
            assertThat(answer.json().path("type").asString())
                    .as("%s", answer)
                    .isEqualTo("/problems/" + words[1]);
        }
    }

    /** What holds for every answer: it has a date, and a failure says what is wrong (RFC 9457). */
    static void checkForm(Answer answer, boolean toHead) {
        assertThat(answer.header("Date")).as("Date in %s", answer).isPresent();
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).contains("application/problem+json");
        }
        if (answer.status() >= 400 && !toHead) {
            checkProblem(answer);
        }
    }

    private static void checkProblem(Answer answer) {
        JsonNode problem = answer.json();
        String uri = problem.path("type").asString();
        assertThat(Arrays.stream(ProblemType.values())
                        .filter(type -> type.uri().equals(uri))
                        .map(ProblemType::status))
                .as("the statuses of the type in %s", answer)
                .containsExactly(answer.status());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString())
                .as("%s", answer)
                .endsWith(".")
                .doesNotContainPattern("Source|Stream|Jackson|Exception|null$");
    }
}
