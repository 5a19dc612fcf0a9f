package dev.genstore.embedded.audit;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Effect;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.Deed;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is written of a deed. Immutable.
 *
 * @param event what it is called
 * @param rest writes what it was
 */
record Entry(
        String event, Principal principal, ClientAddress address, Consumer<JsonGenerator> rest) {
    static final String READ = "read";

    private static final String SESSION = "/api/_session";
    private static final String DEFINITIONS = "/api/_collections";

    /** As it must be to be told with a change. */
    private static final Pattern REQUEST_ID = Pattern.compile("[!#-\\[\\]-~]{1,128}");

    /** What is to be written, or null for nothing. */
    static @Nullable Entry of(Deed deed) {
        return switch (deed) {
            case Deed.Answered(Request request, Reply reply) -> answered(request, reply);
            case Deed.ShutOut(Deed.Asked asked, ProblemType why) ->
                why == ProblemType.TOO_MANY_REQUESTS ? null : refused(asked, why);
            case Deed.Misasked(Deed.Asked asked, ProblemType why) -> attempt(asked, why);
            case Deed.CommandRefused(Deed.Asked asked, ProblemType why) -> attempt(asked, why);
            case Deed.WatchBegan(Deed.Watching watching) -> watch("watch", watching, null);
            case Deed.Unwatched(Deed.Watching watching) ->
                watch("watch-ended", watching, "unwatched");
            case Deed.WatchEnded ended ->
                watch("watch-ended", ended.watching(), ended.cause().label());
        };
    }

    /** Whether it is of one who was not let in. */
    boolean isOfStranger() {
        return principal.equals(Principal.STRANGER);
    }

    /** Writes who it was, and what. */
    void write(JsonGenerator generator) {
        Line.who(generator, principal, address);
        rest.accept(generator);
    }

    private static @Nullable Entry answered(Request request, Reply reply) {
        if (reply.effect() instanceof Effect.Refused(ProblemType why)
                && why == ProblemType.TOO_MANY_REQUESTS) {
            return null;
        }
        return new Entry(
                event(request, reply), request.principal(), request.address(), generator -> {
                    generator.writeStringProperty("method", request.method().name());
                    Line.target(generator, request.path());
                    generator.writeNumberProperty("status", reply.status());
                    tell(generator, request, reply);
                });
    }

    private static String event(Request request, Reply reply) {
        if (reply.status() == ProblemType.FORBIDDEN.status()
                || reply.status() == ProblemType.UNAUTHENTICATED.status()) {
            return refusal(reply.status());
        }
        if (request.method().isSafe()) {
            return READ;
        }
        String path = Line.decoded(request.path());
        if (path.equals(SESSION)) {
            return "session";
        }
        boolean isDefinition = path.equals(DEFINITIONS) || path.startsWith(DEFINITIONS + '/');
        return isDefinition ? "definition" : "write";
    }

    private static String refusal(int status) {
        return status == ProblemType.FORBIDDEN.status() ? "forbidden" : "unauthenticated";
    }

    private static void tell(JsonGenerator generator, Request request, Reply reply) {
        if (reply.effect() instanceof Effect.At at) {
            Line.revision(generator, at.position());
        }
        if (reply.headers().first("Idempotency-Replayed").isPresent()) {
            generator.writeBooleanProperty("replayed", true);
        }
        request.headers()
                .first("Request-Id")
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .ifPresent(id -> generator.writeStringProperty("request", id));
        switch (reply.effect()) {
            case Effect.None _, Effect.At _ -> {}
            case Effect.Refused refused ->
                generator.writeStringProperty("problem", refused.why().slug());
            case Effect.Batch batch -> BatchLine.tell(generator, batch);
        }
    }

    /** Only what may be an attempt to come in, or to see what is not for him. */
    private static @Nullable Entry attempt(Deed.Asked asked, ProblemType why) {
        boolean isAttempt =
                why == ProblemType.TOKEN_IN_URL || why.status() == ProblemType.FORBIDDEN.status();
        return isAttempt ? refused(asked, why) : null;
    }

    private static Entry refused(Deed.Asked asked, ProblemType why) {
        return new Entry(refusal(why.status()), asked.principal(), asked.address(), generator -> {
            generator.writeStringProperty("method", asked.method());
            Line.target(generator, asked.path());
            generator.writeNumberProperty("status", why.status());
            generator.writeStringProperty("problem", why.slug());
        });
    }

    private static Entry watch(String event, Deed.Watching watching, @Nullable String cause) {
        return new Entry(event, watching.principal(), watching.address(), generator -> {
            generator.writeStringProperty("transport", watching.transport().label());
            Line.target(generator, watching.path());
            generator.writeNumberProperty("connection", watching.connection());
            if (cause != null) {
                generator.writeStringProperty("cause", cause);
            }
        });
    }
}
