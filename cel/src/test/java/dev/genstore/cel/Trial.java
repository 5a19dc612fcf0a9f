package dev.genstore.cel;

import dev.genstore.query.Document;
import dev.genstore.query.Filter;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tries filters on documents. */
final class Trial {
    private static final CelCompiler COMPILER = new CelCompiler();
    private static final String ID = "n1";
    private static final long REVISION = 7;
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
                ID,
                REVISION,
                CREATED,
                UPDATED,
                Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** These members as a client sees them: with those that the server adds. */
    static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> shown = new HashMap<>(members);
        shown.put("id", ID);
        shown.put("_revision", (double) REVISION);
        return shown;
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
