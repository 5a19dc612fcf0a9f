package dev.genstore.auth;

import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Request;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The key that somebody wants, as the body of a request says it.
 *
 * <p>Immutable.
 *
 * @param expires when it shall cease to be good; null for never
 */
record KeyWish(String name, Set<String> scopes, @Nullable Instant expires) {
    private static final Set<String> MEMBERS = Set.of("name", "scopes", "expires");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Reads the body.
     *
     * @throws Problem 400 {@code invalid-resource} that points to what is wrong
     */
    static KeyWish read(Request request, Instant now) {
        refuseRepetition(request);
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        JsonNode body = StrictJson.tree(request.body());
        if (!body.isObject()) {
            throw wrong("", "A key is asked for by an object, such as {\"name\":\"ci\"}.");
        }
        body.propertyNames().forEach(KeyWish::requireKnown);
        return new KeyWish(
                name(body.path("name")), scopes(body.path("scopes")), expires(body, now));
    }

    /** The first answer could not be given again, as nobody keeps it. */
    private static void refuseRepetition(Request request) {
        if (request.headers().first("Idempotency-Key").isPresent()) {
            throw ProblemType.INVALID_HEADER.because("A key is shown once, so its making takes no"
                    + " Idempotency-Key; revoke one that you have not got.");
        }
    }

    private static void requireKnown(String member) {
        if (!MEMBERS.contains(member)) {
            throw wrong(
                    JsonPointer.to(member),
                    "A key is asked for by " + String.join(", ", new TreeSet<>(MEMBERS)) + ".");
        }
    }

    private static String name(JsonNode name) {
        String text = name.isString() ? name.stringValue() : "";
        try {
            ApiKey.requireName(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw wrong("/name", wrong);
        }
    }

    private static Set<String> scopes(JsonNode list) {
        var scopes = new HashSet<String>();
        boolean areTexts = list.isMissingNode() || list.isArray();
        for (JsonNode scope : list) {
            areTexts &= scope.isString();
            scopes.add(scope.asString(""));
        }
        if (!areTexts) {
            throw wrong("/scopes", "Scopes are an array of texts.");
        }
        try {
            ApiKey.requireScopes(scopes);
            return scopes;
        } catch (IllegalArgumentException wrong) {
            throw wrong("/scopes", wrong);
        }
    }

    private static @Nullable Instant expires(JsonNode body, Instant now) {
        if (!body.has("expires")) {
            return null;
        }
        Instant expires = time(body.get("expires").asString(""));
        if (expires == null || !expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
            throw wrong(
                    "/expires",
                    "A key expires at a time to come, within " + LONGEST.toDays()
                            + " days, such as \"2027-01-01T00:00:00Z\".");
        }
        return expires;
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_RESOURCE.at(pointer, detail);
    }

    /** What a constructor says is for people. */
    static Problem wrong(String pointer, IllegalArgumentException sentence) {
        return wrong(pointer, String.valueOf(sentence.getMessage()));
    }
}
