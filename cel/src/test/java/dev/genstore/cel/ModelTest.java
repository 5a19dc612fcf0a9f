package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Document;
import dev.genstore.query.Equality;
import dev.genstore.query.Filter;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.testkit.Expression;
import dev.genstore.testkit.FilterModel;
import dev.genstore.testkit.InventedFilters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

import java.util.Map;
import java.util.Random;

/** Random expressions come to the same of random documents as in a model that is told apart. */
class ModelTest {
    private static final int EXPRESSIONS = 400;
    private static final int DOCUMENTS = 8;

    private final long seed = Long.getLong("genstore.seed", System.nanoTime());
    private final InventedFilters invented = new InventedFilters(new Random(seed));

    @RepeatedTest(3)
    void a_random_expression_comes_to_what_the_model_says() {
        int compiled = 0;
        int decided = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            var expression = invented.filter();
            if (!compiles(expression.text())) {
                continue;
            }
            compiled++;
            for (int j = 0; j < DOCUMENTS; j++) {
                decided += agree(expression, invented.document()).equals("error") ? 0 : 1;
            }
        }
        assertThat(compiled).as("seed %s", seed).isGreaterThan(EXPRESSIONS / 4);
        assertThat(decided).as("seed %s", seed).isGreaterThan(compiled);
    }

    /** What could never be evaluated is refused, and what is too long. */
    private static boolean compiles(String expression) {
        try {
            Trial.filter(expression);
            Trial.filter("!(" + expression + ")");
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    private String agree(Expression expression, Map<String, @Nullable Object> document) {
        String json = invented.json(document);
        String outcome = Trial.outcome(expression.text(), json);
        assertThat(outcome)
                .as("seed %s: %s of %s", seed, expression.text(), json)
                .isEqualTo(FilterModel.outcomeOf(expression.meaning(), Trial.shown(document)));
        if (outcome.equals("true")) {
            Filter filter = Trial.filter(expression.text());
            var resource = new Document(Trial.resource(json));
            assertThat(filter.equalities())
                    .as("seed %s: %s of %s", seed, expression.text(), json)
                    .allMatch(equality -> holds(equality, resource));
        }
        return outcome;
    }

    private static boolean holds(Equality equality, Document document) {
        return equality.values().stream()
                .anyMatch(value -> Json.sayTheSame(value, document.at(equality.path())));
    }
}
