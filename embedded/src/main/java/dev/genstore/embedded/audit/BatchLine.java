package dev.genstore.embedded.audit;

import dev.genstore.resource.Position;
import dev.genstore.router.Effect;

import tools.jackson.core.JsonGenerator;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What is told of a batch: of each operation its method, target, status and revision, and nothing of
 * what was written. Definitions come first, and what has changed nothing is only counted, so that
 * nothing can be hidden behind it. So are those behind the first ones: their changes are those of the
 * log up to the revision of the batch.
 */
final class BatchLine {
    static final int OPERATIONS_MAX = 20;

    private BatchLine() {}

    /** Whether it has changed anything. */
    static boolean isDone(Effect.Batch batch) {
        return batch.writes().stream().anyMatch(Effect.Written::isChange);
    }

    /** Whether it has changed a definition. */
    static boolean hasDefined(Effect.Batch batch) {
        return batch.writes().stream()
                .anyMatch(each -> each.isChange() && Entry.isDefinition(each.path()));
    }

    static void tell(JsonGenerator generator, Effect.Batch batch) {
        List<Effect.Written> all = batch.writes();
        all.stream()
                .map(Effect.Written::position)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(Position::revision))
                .ifPresent(last -> Line.revision(generator, last));
        generator.writeArrayPropertyStart("operations");
        List<Effect.Written> listed = listed(all);
        listed.forEach(each -> tell(generator, each));
        generator.writeEndArray();
        if (all.size() > listed.size()) {
            generator.writeNumberProperty("operations-more", all.size() - listed.size());
        }
    }

    private static List<Effect.Written> listed(List<Effect.Written> all) {
        return all.stream()
                .filter(Effect.Written::isChange)
                .sorted(Comparator.comparing(each -> !Entry.isDefinition(each.path())))
                .limit(OPERATIONS_MAX)
                .toList();
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
