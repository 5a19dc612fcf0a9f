package dev.genstore.cel;

import dev.genstore.query.Document;
import dev.genstore.query.Filter;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Tries filters on documents. */
final class Trial {
    private static final CelCompiler COMPILER = new CelCompiler();
    private static final long CREATED = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long UPDATED = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    private Trial() {}

    static Filter filter(String expression) {
        return COMPILER.compile(expression);
    }

    /** The resource with these members. */
    static Resource resource(String json) {
        return new Resource(
                "notes",
                "n1",
                7,
                CREATED,
                UPDATED,
                Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What an expression comes to: true, false or error. A filter does not tell a false from an error,
     * but the negation of the one matches and that of the other does not.
     */
    static String outcome(String expression, String json) {
        var document = new Document(resource(json));
        boolean holds = filter(expression).matches(document);
        boolean fails = filter("!(" + expression + ")").matches(document);
        if (holds && fails) {
            throw new AssertionError("both true and false: " + expression);
        }
        return holds ? "true" : fails ? "false" : "error";
    }
}
