package dev.genstore.embedded.audit;

import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.ClientAddress;
import dev.genstore.router.Effect;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.Deed;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is written of a deed. Immutable.
 *
 * @param event what it is called
 * @param purse out of which it is paid, where who it is of was let in
 * @param rest writes what it was
 */
record Entry(
        String event,
        Purse purse,
        Principal principal,
        ClientAddress address,
        Consumer<JsonGenerator> rest) {
    static final String READ = "read";

    private static final String WRITE = "write";
    private static final String DEFINITION = "definition";
    private static final String SESSION = "session";
    private static final String KEY = "key";

    private static final String SESSIONS_PATH = "/api/_session";
    private static final String KEYS_PATH = "/api/_keys";
    private static final String DEFINITIONS_PATH = "/api/_collections";

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
        String event = event(request, reply);
        Purse purse = isDone(reply.effect(), reply.status()) ? purse(event) : Purse.REQUESTS;
        return new Entry(event, purse, request.principal(), request.address(), generator -> {
            generator.writeStringProperty("method", request.method().name());
            Line.target(generator, request.path());
            generator.writeNumberProperty("status", reply.status());
            tell(generator, request, reply);
            if (event.equals(KEY)) {
                madeKey(reply).ifPresent(id -> generator.writeStringProperty("key", "key:" + id));
            }
        });
    }

    /**
     * What was refused, or was so already, has changed nothing; that may be asked for as often as one
     * likes, and leaves no other trace.
     */
    private static boolean isDone(Effect effect, int status) {
        return switch (effect) {
            case Effect.Refused _, Effect.Unchanged _ -> false;
            case Effect.At _ -> true;
            case Effect.Batch batch -> BatchLine.isDone(batch);
            case Effect.Untold(ProblemType _, int would, Effect done) -> isDone(done, would);
            case Effect.None _ -> status < ProblemType.BAD_REQUEST.status();
        };
    }

    private static Purse purse(String event) {
        return switch (event) {
            case SESSION -> Purse.SESSIONS;
            case DEFINITION, KEY -> Purse.DEFINITIONS;
            case WRITE -> Purse.WRITES;
            default -> Purse.REQUESTS;
        };
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
        if (path.equals(SESSIONS_PATH)) {
            return SESSION;
        }
        if (isAt(KEYS_PATH, path)) {
            return KEY;
        }
        return isDefinition(path) || hasDefined(reply.effect()) ? DEFINITION : WRITE;
    }

    /** Rules must not become others unseen among what a batch does besides. */
    private static boolean hasDefined(Effect effect) {
        return switch (effect) {
            case Effect.Batch batch -> BatchLine.hasDefined(batch);
            case Effect.Untold untold -> hasDefined(untold.done());
            case Effect.None _, Effect.Refused _, Effect.At _, Effect.Unchanged _ -> false;
        };
    }

    /** Whether what stands there says what holds for a collection. */
    static boolean isDefinition(String path) {
        return isAt(DEFINITIONS_PATH, path);
    }

    private static boolean isAt(String place, String path) {
        return path.equals(place) || path.startsWith(place + '/');
    }

    private static String refusal(int status) {
        return status == ProblemType.FORBIDDEN.status() ? "forbidden" : "unauthenticated";
    }

    private static void tell(JsonGenerator generator, Request request, Reply reply) {
        position(reply.effect()).ifPresent(position -> Line.revision(generator, position));
        if (reply.headers().first("Idempotency-Replayed").isPresent()) {
            generator.writeBooleanProperty("replayed", true);
        }
        request.headers()
                .first("Request-Id")
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .ifPresent(id -> generator.writeStringProperty("request", id));
        tell(generator, reply.effect());
    }

    /** Which key was made; which was revoked stands in the path. */
    private static Optional<String> madeKey(Reply reply) {
        return reply.headers()
                .first("Location")
                .filter(location -> location.startsWith(KEYS_PATH + '/'))
                .map(location -> location.substring(KEYS_PATH.length() + 1));
    }

    private static Optional<Position> position(Effect effect) {
        return switch (effect) {
            case Effect.At(Position position) -> Optional.of(position);
            case Effect.Unchanged unchanged -> Optional.ofNullable(unchanged.position());
            case Effect.Untold untold -> position(untold.done());
            case Effect.None _, Effect.Refused _, Effect.Batch _ -> Optional.empty();
        };
    }

    private static void tell(JsonGenerator generator, Effect effect) {
        switch (effect) {
            case Effect.None _, Effect.At _, Effect.Unchanged _ -> {}
            case Effect.Refused(ProblemType why) ->
                generator.writeStringProperty("problem", why.slug());
            case Effect.Batch batch -> BatchLine.tell(generator, batch);
            case Effect.Untold(ProblemType why, int status, Effect done) -> {
                generator.writeStringProperty("problem", why.slug());
                generator.writeNumberProperty("done", status);
                tell(generator, done);
            }
        }
    }

    /** Only what may be an attempt to come in, or to see what is not for him. */
    private static @Nullable Entry attempt(Deed.Asked asked, ProblemType why) {
        boolean isAttempt =
                why == ProblemType.TOKEN_IN_URL || why.status() == ProblemType.FORBIDDEN.status();
        return isAttempt ? refused(asked, why) : null;
    }

    private static Entry refused(Deed.Asked asked, ProblemType why) {
        String event = refusal(why.status());
        return new Entry(event, Purse.REQUESTS, asked.principal(), asked.address(), generator -> {
            generator.writeStringProperty("method", asked.method());
            Line.target(generator, asked.path());
            generator.writeNumberProperty("status", why.status());
            generator.writeStringProperty("problem", why.slug());
        });
    }

    private static Entry watch(String event, Deed.Watching watching, @Nullable String cause) {
        Principal who = watching.principal();
        return new Entry(event, Purse.REQUESTS, who, watching.address(), generator -> {
            generator.writeStringProperty("transport", watching.transport().label());
            Line.target(generator, watching.path());
            generator.writeNumberProperty("connection", watching.connection());
            if (cause != null) {
                generator.writeStringProperty("cause", cause);
            }
        });
    }
}
