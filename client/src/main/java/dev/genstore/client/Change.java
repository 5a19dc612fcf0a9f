package dev.genstore.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What an event says about a change, beside the resource. Immutable.
 *
 * @param id the position behind this event
 * @param source the path of the collection
 * @param subject the id of the resource
 * @param commit the position of the last change of the batch that this is a part of
 * @param origin the {@code Request-Id} of the write
 * @param traceparent where in a trace the writer was (W3C Trace Context)
 */
public record Change(
        String id,
        String source,
        String subject,
        Instant time,
        Optional<String> commit,
        Optional<String> origin,
        Optional<String> traceparent) {
    /** The path of the resource. */
    public String path() {
        return source + "/" + subject;
    }
}
