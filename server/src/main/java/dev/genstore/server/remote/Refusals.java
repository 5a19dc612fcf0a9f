package dev.genstore.server.remote;

import dev.genstore.server.remote.RemoteFailure.Kind;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.time.Duration;

/** Makes of an answer that is a problem what a person can do something with. */
final class Refusals {
    private Refusals() {}

    /** What to throw for this answer. */
    static RemoteFailure of(Answered answer) {
        JsonNode problem = problem(answer);
        String said = problem == null ? strangeness(answer) : sentences(problem);
        String advice = answer.status() == 401
                ? "\nGive an API key or a token in GENSTORE_TOKEN or by --token-file."
                : "";
        return new RemoteFailure(
                kind(answer.status()), answer.status(), said + advice, retryAfter(answer), null);
    }

    /** What to throw for a success that is none of Genstore's. */
    static RemoteFailure strange(Answered answer) {
        return new RemoteFailure(Kind.REFUSED, answer.status(), strangeness(answer), null, null);
    }

    private static String strangeness(Answered answer) {
        return "The server answers with the status " + answer.status()
                + " and nothing that Genstore would say; is --server right?";
    }

    /** As a number of seconds, which is how Genstore says it. */
    private static @Nullable Duration retryAfter(Answered answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 404, 410 -> Kind.MISSING;
            case 409, 412 -> Kind.CONFLICT;
            case 401, 403 -> Kind.NOT_ALLOWED;
            case 429, 502, 503, 504 -> Kind.UNAVAILABLE;
            default -> Kind.REFUSED;
        };
    }

    private static @Nullable JsonNode problem(Answered answer) {
        try {
            JsonNode tree = answer.parsed();
            return tree.has("title") ? tree : null;
        } catch (JacksonException other) {
            return null;
        }
    }

    private static String sentences(JsonNode problem) {
        var said = new StringBuilder(problem.path("title").asString(""));
        String detail = problem.path("detail").asString("");
        if (!detail.isEmpty()) {
            said.append(": ").append(detail);
        }
        for (JsonNode error : problem.path("errors")) {
            said.append("\n  ")
                    .append(error.path("pointer").asString(""))
                    .append(": ")
                    .append(error.path("detail").asString(""));
        }
        return said.toString();
    }
}
