package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.genstore.checks.apidocs.DescribedApi;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.checks.harness.TestServer;
import dev.genstore.checks.harness.Trees;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import tools.jackson.databind.JsonNode;

import java.util.Random;

/** A schema means in the OpenAPI document what it meant alone. */
class SchemaInDocumentTest {
    private static final int SCHEMAS = 60;
    private static final int DOCUMENTS = 20;

    @RepeatedTest(3)
    void a_document_fits_there_if_it_fits_the_schema(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        var random = new RandomSchemas(new Random(seed));
        int fitting = 0;
        try (TestServer server = TestServer.start()) {
            var client = new RestClient(server.port());
            for (int i = 0; i < SCHEMAS; i++) {
                fitting += compare(random, client, "seed " + seed + ", schema " + i);
            }
        }
        assertThat(fitting).isBetween(SCHEMAS, SCHEMAS * (DOCUMENTS - 1));
    }

    /** Returns how many documents fit. */
    private static int compare(RandomSchemas random, RestClient client, String which) {
        String text = random.schema();
        client.put("/api/_collections/notes", "{\"schema\":" + text + "}");
        var described = new DescribedApi(client.get("/openapi.json").text());
        JsonNode shown = Trees.read("{\"$ref\":\"#/components/schemas/notes.Members\"}");
        var alone = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Trees.read(text));
        int fitting = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonNode document = Trees.read(random.document());
            boolean fits = alone.validate(document).isEmpty();
            assertThat(described.errors(shown, document).isEmpty())
                    .as("%s: %s of %s", which, text, document)
                    .isEqualTo(fits);
            fitting += fits ? 1 : 0;
        }
        return fitting;
    }
}
