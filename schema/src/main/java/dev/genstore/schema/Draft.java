package dev.genstore.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;

import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** Draft 2020-12 in the library. */
final class Draft {
    static final String ID = "https://json-schema.org/draft/2020-12/schema";

    /** The draft itself is a schema of schemas, which the library has among its resources. */
    private static final Schema OF_SCHEMAS = SchemaRegistry.withDialect(
                    Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(config()))
            .getSchema(SchemaLocation.of(ID));

    /** It may load nothing, and keeps nothing of the schemas that it compiles. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getDraft202012())
                    .keywords(Weighed.all(Dialects.getDraft202012()))
                    .build(),
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(location -> true))
                    .schemaRegistryConfig(config()));

    private Draft() {}

    private static SchemaRegistryConfig config() {
        return SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(false)
                .regularExpressionFactory(Patterns::compile)
                .build();
    }

    /**
     * Refuses what is no schema of the draft.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-definition}
     */
    static void requireFitting(JsonNode schema) {
        List<FieldError> errors = OF_SCHEMAS.validate(schema).stream()
                .map(Words::of)
                .distinct()
                .limit(SchemaLimits.ERRORS_MAX)
                .toList();
        if (!errors.isEmpty()) {
            throw ProblemType.INVALID_DEFINITION.at(
                    errors, "This is no JSON Schema of draft 2020-12; errors[] says where.");
        }
    }

    /**
     * Compiles a schema that follows the rules. Its name and that of the draft mean nothing any more,
     * and go, so that nobody looks for what they name.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-definition}
     */
    static Schema compile(JsonNode schema) {
        ObjectNode nameless = ((ObjectNode) schema).deepCopy();
        nameless.remove(List.of("$id", "$schema"));
        try {
            Schema compiled = REGISTRY.getSchema(nameless);
            compiled.initializeValidators();
            return compiled;
        } catch (SchemaException refused) {
            throw ProblemType.INVALID_DEFINITION.at(
                    "", "This schema can't be used; say it in another way.");
        }
    }
}
