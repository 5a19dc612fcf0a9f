package dev.genstore.action;

import dev.genstore.resource.Names;
import dev.genstore.router.Preferences;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Write;

import java.util.List;

/**
 * How a request wants the definitions to be handled that it writes (RFC 7240, 4.4): {@code
 * handling=lenient} takes a schema that stored resources do not fit. Elsewhere there is nothing to be
 * lenient about.
 *
 * <p>Immutable.
 */
record Handling(boolean isLenient) {
    /** What the request prefers of these writes. */
    static Handling of(Request request, List<Write> writes) {
        return new Handling("lenient".equals(Preferences.value(request, "handling"))
                && writes.stream().anyMatch(Handling::isDefinition));
    }

    private static boolean isDefinition(Write write) {
        return write.collection().equals(Names.DEFINITIONS);
    }

    /** The writes as they are wanted. */
    List<Write> of(List<Write> writes) {
        return isLenient
                ? writes.stream()
                        .map(write -> isDefinition(write) ? write.lenient() : write)
                        .toList()
                : writes;
    }

    /** The answer, and that the preference was honoured. */
    Reply applied(Reply reply) {
        return isLenient ? reply.with("Preference-Applied", "handling=lenient") : reply;
    }
}
