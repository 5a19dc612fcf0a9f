package dev.genstore.wire;

import dev.genstore.hub.DataMode;
import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.resource.Moment;
import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Binding;
import dev.genstore.router.Match;
import dev.genstore.router.Method;
import dev.genstore.router.Preferences;
import dev.genstore.router.Request;
import dev.genstore.router.Router;
import dev.genstore.router.Watchable;
import dev.genstore.wire.ndjson.NdjsonFraming;
import dev.genstore.wire.sse.SseFraming;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells from a request's method and headers what it wants: the same URL is a snapshot, a stream, a
 * page of changes and a long poll. Thread-safe.
 */
final class AskingReader {
    private static final Logger LOG = LoggerFactory.getLogger(AskingReader.class);

    static final String PAGE_TYPE = "application/cloudevents-batch+json";

    private static final String JSON_TYPE = "application/json";
    private static final List<String> FORMS =
            List.of(JSON_TYPE, SseFraming.MEDIA_TYPE, NdjsonFraming.MEDIA_TYPE, PAGE_TYPE);
    private static final Set<String> STREAM_PARAMETERS = Set.of("since", "data");
    private static final Set<String> COMMAND_PARAMETERS = Set.of("data");
    private static final Set<String> PAGE_PARAMETERS = Set.of("since", "data", "cursor");

    private static final String EVERYTHING = new Target.Everything().path();
    private static final String AT = "at";
    private static final String AT_LEAST = "at-least";

    /** What a list takes and a watch does not, or not everywhere. */
    private static final Set<String> LIST_PARAMETERS =
            Set.of("sort", "limit", "cursor", AT, AT_LEAST);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final long WAIT_SECONDS_MAX = 120;

    private final Router router;

    AskingReader(Router router) {
        this.router = router;
    }

    /**
     * Whether it may take a while to read what a request wants: of everything there is all rules have to
     * be asked what somebody sees.
     */
    static boolean isDear(Request request) {
        return request.path().equals(EVERYTHING)
                && request.method().isSafe()
                && !request.principal().authority().isAll();
    }

    /**
     * What the request wants.
     *
     * @throws dev.genstore.resource.Problem when that can't be had
     */
    Asking read(Request request) {
        if (!request.method().isSafe() || !(router.match(request) instanceof Match.Found match)) {
            return new Asking.Reply(request);
        }
        Binding<?> binding = match.binding();
        Request found = match.request();
        if (request.method() == Method.QUERY
                || !(binding.action() instanceof Watchable watchable)) {
            return reply(binding.action(), found);
        }
        router.check(match);
        String form = Accept.choose(request.headers().joined("Accept"), FORMS);
        return request.method() == Method.HEAD
                ? reply(watchable, found)
                : asking(form, watchable, found);
    }

    private static Asking.Reply reply(Object action, Request request) {
        Awaiting awaiting = awaiting(action, request);
        return awaiting == null
                ? new Asking.Reply(request)
                : new Asking.Reply(request, awaiting, patience(request));
    }

    /** What a QUERY waits for is in its body, and is read where that may take a while. */
    private static @Nullable Awaiting awaiting(Object action, Request request) {
        boolean mayWait = request.method() == Method.QUERY
                || request.query().value(AT_LEAST).isPresent();
        return mayWait && action instanceof Awaiting awaiting ? awaiting : null;
    }

    private Asking asking(String form, Watchable watchable, Request request) {
        return switch (form) {
            case SseFraming.MEDIA_TYPE -> stream(Transport.SSE, watchable, request);
            case NdjsonFraming.MEDIA_TYPE -> stream(Transport.NDJSON, watchable, request);
            case PAGE_TYPE -> changes(watchable, request);
            default -> snapshot(watchable, request);
        };
    }

    /**
     * What a WebSocket handshake wants.
     *
     * @throws dev.genstore.resource.Problem 404 or 400 when there is nothing to watch at its URL
     */
    Asking.Stream readSocket(Request request) {
        return socket(request, STREAM_PARAMETERS, start(request));
    }

    /**
     * What a command on a WebSocket wants.
     *
     * @param request the one that its URL stands for
     * @param since where it begins; null for now
     * @throws dev.genstore.resource.Problem as for a handshake at this URL
     */
    Asking.Stream readCommand(Request request, @Nullable String since) {
        if (request.query().value("since").isPresent()) {
            throw ProblemType.INVALID_PARAMETER.because("'since' stands beside the URL:"
                    + " {\"watch\":\"/api/notes\",\"since\":\"k3f9-1842\"}.");
        }
        return socket(request, COMMAND_PARAMETERS, start(Optional.ofNullable(since)));
    }

    private Asking.Stream socket(Request request, Set<String> parameters, Start start) {
        if (router.match(request) instanceof Match.Found match
                && match.binding().action() instanceof Watchable watchable) {
            router.check(match);
            return stream(Transport.WEBSOCKET, watchable, match.request(), parameters, start);
        }
        throw ProblemType.NOT_FOUND.because("Nothing can be watched at " + request.path()
                + "; try /api, /api/{collection} or a resource.");
    }

    private Sight sight(Request request, Selection selection) {
        return Sight.of(router.views(), request.principal().authority(), selection);
    }

    /** The action may be anybody's; its bug must not cost the connection. */
    private static Selection selection(Watchable watchable, Request request) {
        try {
            return watchable.selection(request);
        } catch (Problem problem) {
            throw problem;
        } catch (RuntimeException bug) {
            LOG.error("What {} shows can't be told", request.path(), bug);
            throw ProblemType.INTERNAL.because("The server failed; its log says more.");
        }
    }

    private Asking snapshot(Watchable watchable, Request request) {
        Duration patience = patience(request);
        boolean waits =
                !patience.isZero() && request.headers().first("If-None-Match").isPresent();
        boolean changes = request.query().value(AT).isEmpty();
        return waits && changes
                ? new Asking.Snapshot(
                        request,
                        sight(request, shown(watchable, request)),
                        awaiting(watchable, request),
                        patience)
                : reply(watchable, request);
    }

    /** A page behind the first changes with what is before it: it is no window. */
    private static Selection shown(Watchable watchable, Request request) {
        Selection selection = selection(watchable, request);
        return request.query().value("cursor").isPresent() ? selection.whole() : selection;
    }

    private Asking changes(Watchable watchable, Request request) {
        Sight sight = sight(request, watched(watchable, request, PAGE_PARAMETERS));
        var watch = new Watch(sight.selection(), data(request));
        return new Asking.Changes(request, watch, patience(request), sight);
    }

    private Asking.Stream stream(Transport transport, Watchable watchable, Request request) {
        return stream(transport, watchable, request, STREAM_PARAMETERS, start(request));
    }

    private Asking.Stream stream(
            Transport transport,
            Watchable watchable,
            Request request,
            Set<String> parameters,
            Start start) {
        Sight sight = sight(request, watched(watchable, request, parameters));
        var watch = new Watch(sight.selection(), data(request));
        return new Asking.Stream(transport, watch, sight.begin(start), sight);
    }

    private static Selection watched(Watchable watchable, Request request, Set<String> parameters) {
        for (String name : request.query().names()) {
            if (!parameters.contains(name) && !watchable.takes(name)) {
                throw refused(name, parameters);
            }
        }
        Selection selection = selection(watchable, request);
        if (selection.top() != null && !selection.fields().equals(Fields.ALL)) {
            throw ProblemType.INVALID_PARAMETER.because("'fields' can't be watched beside sort and"
                    + " limit: who watches a window needs the members that it is sorted by.");
        }
        return selection;
    }

    private static Problem refused(String name, Set<String> parameters) {
        String known = String.join(", ", new TreeSet<>(parameters));
        return ProblemType.INVALID_PARAMETER.because(
                LIST_PARAMETERS.contains(name)
                        ? "'" + name
                                + "' is for lists, and can't be watched here; filter, fields and"
                                + " members (status=open) can, where a list has them, and so can"
                                + " sort and limit in a collection."
                        : "The parameter '" + name + "' is not supported here; supported: " + known
                                + ".");
    }

    private static DataMode data(Request request) {
        Optional<String> value = request.query().value("data");
        return value.isEmpty()
                ? DataMode.FULL
                : DataMode.named(value.get())
                        .orElseThrow(() -> ProblemType.INVALID_PARAMETER.because(
                                "'data' is full, patch or none."));
    }

    /** Where a watcher starts: {@code Last-Event-ID} wins over {@code since}. */
    static Start start(Request request) {
        Optional<String> last = request.header("Last-Event-ID").filter(id -> !id.isEmpty());
        return start(last.isPresent() ? last : request.query().value("since"));
    }

    private static Start start(Optional<String> since) {
        if (since.isEmpty()) {
            return new Start.Now();
        }
        Start.Between between = Start.Between.parse(since.get());
        return between == null ? start(since.get()) : between;
    }

    private static Start start(String since) {
        return switch (Moment.parse(since)) {
            case Moment.AtPosition(Position position) -> new Start.After(position);
            case Moment.AtTime(long timeMillis) -> new Start.AfterTime(timeMillis);
            case null ->
                throw ProblemType.INVALID_POSITION.because(
                        "'since' and Last-Event-ID are a position like k3f9-1842, a revision like"
                                + " 1842, 0, or a time like 2026-11-21T09:30:00Z; in a URL a + is"
                                + " written %2B.");
        };
    }

    /** How long the client waits (RFC 7240, 4.3); zero when it does not. */
    private static Duration patience(Request request) {
        String wait = Preferences.value(request, "wait");
        return SECONDS.matcher(wait).matches()
                ? Duration.ofSeconds(Math.min(WAIT_SECONDS_MAX, Long.parseLong(wait)))
                : Duration.ZERO;
    }
}
