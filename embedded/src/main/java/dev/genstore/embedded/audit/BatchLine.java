package dev.genstore.embedded.audit;

import dev.genstore.resource.Position;
import dev.genstore.router.Effect;

import tools.jackson.core.JsonGenerator;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What is told of a batch: of each operation its method, target, status and revision, and nothing of
 * what was written. Behind the first ones they are only counted: their changes are those of the log
 * up to the revision of the batch.
 */
final class BatchLine {
    static final int OPERATIONS_MAX = 20;

    private BatchLine() {}

    static void tell(JsonGenerator generator, Effect.Batch batch) {
        List<Effect.Written> all = batch.writes();
        all.stream()
                .map(Effect.Written::position)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(Position::revision))
                .ifPresent(last -> Line.revision(generator, last));
        generator.writeArrayPropertyStart("operations");
        all.stream().limit(OPERATIONS_MAX).forEach(each -> tell(generator, each));
        generator.writeEndArray();
        if (all.size() > OPERATIONS_MAX) {
            generator.writeNumberProperty("operations-more", all.size() - OPERATIONS_MAX);
        }
    }

    private static void tell(JsonGenerator generator, Effect.Written written) {
        generator.writeStartObject();
        generator.writeStringProperty("method", written.method().name());
        Line.target(generator, written.path());
        generator.writeNumberProperty("status", written.status());
        Position position = written.position();
        if (position != null) {
            Line.revision(generator, position);
        }
        generator.writeEndObject();
    }
}
