package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.schema.Schema;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import tools.jackson.databind.JsonNode;

import java.util.Random;

/** Our schemas let through what another implementation of the draft does. */
class SchemaOracleTest {
    private static final int SCHEMAS = 1_000;
    private static final int DOCUMENTS = 10;

    @RepeatedTest(5)
    void a_document_fits_if_it_does_by_another_implementation(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        var random = new RandomSchemas(new Random(seed));
        int fitting = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            fitting += compare(random, "seed " + seed + ", schema " + i);
        }
        assertThat(fitting).isBetween(SCHEMAS, SCHEMAS * (DOCUMENTS - 1));
    }

    /** Returns how many documents fit. */
    private static int compare(RandomSchemas random, String which) {
        String text = random.schema();
        JsonNode tree = json(text).tree();
        Schema ours = read(tree, which + ": " + text);
        var theirs = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(tree);
        int fitting = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            Json document = json(random.document());
            boolean fits = theirs.validate(document.tree()).isEmpty();
            assertThat(ours.check(document).isEmpty())
                    .as("%s: %s of %s", which, text, document)
                    .isEqualTo(fits);
            fitting += fits ? 1 : 0;
        }
        return fitting;
    }

    private static Schema read(JsonNode tree, String what) {
        try {
            return Schema.read(tree);
        } catch (Problem problem) {
            throw new AssertionError(what + " " + problem.errors(), problem);
        }
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
