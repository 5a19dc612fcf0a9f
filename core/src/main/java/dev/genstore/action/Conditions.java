package dev.genstore.action;

import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition;
import dev.genstore.store.Precondition.Versions;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;

/** The conditional requests of RFC 9110, 13, read from a request's headers. */
final class Conditions {
    private Conditions() {}

    /** What must hold for a write. */
    static Precondition ofWrite(Request request) {
        return new Precondition(
                ifMatch(request), ifNoneMatch(request), date(request, "If-Unmodified-Since"));
    }

    /** What must hold for a read; the other conditions only decide between 200 and 304. */
    static Precondition ofRead(Request request) {
        return new Precondition(ifMatch(request), null, date(request, "If-Unmodified-Since"));
    }

    /** Whether the client has this version already (RFC 9110, 13.2.2). */
    static boolean isUnmodified(Request request, Resource resource, String epoch) {
        Versions known = ifNoneMatch(request);
        if (known != null) {
            return known.has(resource.revision(), epoch);
        }
        Long sinceMillis = date(request, "If-Modified-Since");
        return sinceMillis != null && resource.updatedMillis() / 1000 * 1000 <= sinceMillis;
    }

    /**
     * Refuses conditions where there is nothing that they could be about.
     *
     * @param instead what to do
     */
    static void refuse(Request request, String instead) {
        for (String header : Set.of("If-Match", "If-None-Match", "If-Unmodified-Since")) {
            if (request.headers().first(header).isPresent()) {
                throw ProblemType.INVALID_HEADER.because(
                        request.method() + " takes no " + header + "; " + instead);
            }
        }
    }

    static @Nullable Versions ifMatch(Request request) {
        Optional<String> value = request.headers().joined("If-Match");
        return value.map(tags -> EntityTags.strong("If-Match", tags)).orElse(null);
    }

    static @Nullable Versions ifNoneMatch(Request request) {
        Optional<String> value = request.headers().joined("If-None-Match");
        return value.map(tags -> EntityTags.weak("If-None-Match", tags)).orElse(null);
    }

    /** A date that can't be read, or two, does not count (RFC 9110, 13.1.3). */
    private static @Nullable Long date(Request request, String header) {
        return request.headers().joined(header).map(HttpDates::read).orElse(null);
    }
}
