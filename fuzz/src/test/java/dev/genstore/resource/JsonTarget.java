package dev.genstore.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the model calls right is let in and what it calls wrong is not; what goes out says the same as
 * what came in, and would be let in as it is.
 */
public final class JsonTarget {
    private static final JsonMapper LENIENT = JsonMapper.builder().build();

    private JsonTarget() {}

    /** Tries this body. */
    public static void check(byte[] input) {
        byte[] copy = copyOf(input);
        JsonModel.Verdict verdict = JsonModel.of(input);
        if (verdict != JsonModel.Verdict.UNSURE) {
            assertThat(copy != null)
                    .as("%s", verdict)
                    .isEqualTo(verdict == JsonModel.Verdict.RIGHT);
        }
        if (copy != null) {
            assertThat(JsonModel.of(copy))
                    .as("what goes out")
                    .isNotEqualTo(JsonModel.Verdict.WRONG);
            assertThat(copyOf(copy)).as("copied again").isEqualTo(copy);
            JsonNode tree = StrictJson.tree(input);
            assertThat(tree).isEqualTo(LENIENT.readTree(input));
            assertThat(Json.write(tree))
                    .as("the tree")
                    .satisfies(again -> assertThat(Json.sayTheSame(StrictJson.tree(again), tree))
                            .isTrue());
        }
        checkDraft(input);
    }

    private static byte @Nullable [] copyOf(byte[] input) {
        try {
            return StrictJson.copy(input, null);
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_JSON);
            return null;
        }
    }

    private static void checkDraft(byte[] input) {
        try {
            Draft draft = Draft.read(input);
            assertThat(copyOf(input)).as("what a draft is read of").isNotNull();
            Draft again = Draft.read(draft.members().bytes());
            assertThat(again.members()).isEqualTo(draft.members());
            assertThat(again.id()).isNull();
        } catch (Problem problem) {
            assertThat(problem.type().status()).isEqualTo(400);
        }
    }
}
