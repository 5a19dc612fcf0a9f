package dev.genstore.wire;

import dev.genstore.hub.Watch;
import dev.genstore.hub.Watcher;
import dev.genstore.query.Asker;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.Method;
import dev.genstore.router.Request;
import dev.genstore.wire.http.RequestTarget;
import dev.genstore.wire.websocket.WebSocketFraming;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * What a WebSocket's client was told by commands to be told of. Each watch has a position of its own
 * and is told uncompressed: compressed frames build on one another, and a connection has one context
 * for all of them (RFC 7692, 7.2.1), which is that of the URL that it was opened at.
 *
 * <p>Confined to the peer's loop.
 */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** How many watches one socket has, with that of its own URL. */
    static final int WATCHES_MAX = 1_000;

    /** What stands beside the URL in a request line. */
    private static final int LINE_BYTES = "GET  HTTP/1.1\r\n".length();

    private static final byte[] NOTHING = {};

    private final Peer peer;
    private final Service service;
    private final SocketSink sink;
    private final WebSocketFraming framing;
    private final Headers headers;
    private final int countMax;
    private final Elsewhere elsewhere;
    private final WindowCheck windows;
    private final Asker asker = new Asker();
    private final Map<String, Commanded> watchers = new HashMap<>();
    private boolean isClosed;

    /** One watch, and what is seen by it. */
    private record Commanded(Watcher watcher, Sight sight) {}

    /**
     * No watches yet.
     *
     * @param headers those of the handshake, which is the request that all of them are a part of
     * @param othersCount how many watches the socket has besides
     */
    Commands(
            Peer peer,
            Service service,
            SocketSink sink,
            WebSocketFraming framing,
            Headers headers,
            int othersCount) {
        this.peer = peer;
        this.service = service;
        this.sink = sink;
        this.framing = framing;
        this.headers = headers;
        this.countMax = WATCHES_MAX - othersCount;
        this.elsewhere = new Elsewhere(service.actions(), this::onLoop);
        this.windows = new WindowCheck(service, asker, elsewhere);
    }

    /**
     * Does what a message says.
     *
     * @param answer sends the text that is answered; what is told because of the command comes behind
     * @param later runs when the command is done, if that was not at once; the next one waits until then
     * @return whether it is done
     */
    boolean obey(String message, Consumer<byte[]> answer, Runnable later) {
        try {
            return switch (Command.read(message)) {
                case Command.Watch watch -> watch(watch, answer, later);
                case Command.Unwatch unwatch -> unwatch(unwatch.url(), answer);
            };
        } catch (Problem problem) {
            answer.accept(refusal(problem));
            return true;
        }
    }

    /** What it may not see, somebody may want to know of. */
    private Request request(Command.Watch asked, Deed.Asked wanted) {
        try {
            return request(asked.url());
        } catch (Problem problem) {
            service.witness().saw(new Deed.CommandRefused(wanted, problem.type()));
            throw problem;
        }
    }

    /** Runs anywhere. */
    private Asking.Stream read(Request request, Command.Watch asked, Deed.Asked by) {
        try {
            return service.asking().readCommand(request, asked.since());
        } catch (Problem problem) {
            service.witness().saw(new Deed.CommandRefused(by, problem.type()));
            throw problem;
        }
    }

    private boolean watch(Command.Watch asked, Consumer<byte[]> answer, Runnable later) {
        String url = asked.url();
        checkRoomFor(url);
        Deed.Asked by = peer.asked(peer.principal(), Method.GET.name(), url);
        Request request = request(asked, by);
        if (!AskingReader.isDear(request)) {
            return watch(read(request, asked, by), url, answer, later);
        }
        elsewhere.find(
                request.path(),
                () -> read(request, asked, by),
                wanted -> goOn(wanted, url, answer, later),
                problem -> goOn(() -> answer.accept(refusal(problem)), answer, later));
        return false;
    }

    private void goOn(Asking.Stream wanted, String url, Consumer<byte[]> answer, Runnable later) {
        boolean[] isDone = {true};
        goOn(() -> isDone[0] = watch(wanted, url, answer, later), answer, () -> {
            if (isDone[0]) {
                later.run();
            }
        });
    }

    private boolean watch(
            Asking.Stream wanted, String url, Consumer<byte[]> answer, Runnable later) {
        if (windows.isDone(wanted.watch())) {
            begin(wanted, url, answer);
            return true;
        }
        asker.standsFor(peer.visit().holders());
        windows.begin(
                wanted.watch(),
                () -> goOn(() -> begin(wanted, url, answer), answer, later),
                problem -> goOn(() -> answer.accept(refusal(problem)), answer, later));
        return false;
    }

    private void onLoop(Runnable task) {
        try {
            peer.channel().eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Stopping: a command has no answer", stopped);
        }
    }

    private void goOn(Runnable next, Consumer<byte[]> answer, Runnable later) {
        peer.look(asker.settle());
        try {
            if (!isClosed) {
                next.run();
            }
        } catch (Problem problem) {
            answer.accept(refusal(problem));
        } catch (RuntimeException | Error bug) {
            peer.broke(bug);
        }
        later.run();
    }

    private void begin(Asking.Stream wanted, String url, Consumer<byte[]> answer) {
        Watch watch = wanted.watch().named(url);
        peer.visit().requireWatch();
        service.hub().admit(watch);
        service.commanded().add();
        peer.visit().watch();
        Watcher watcher = peer.peers().loop().watch(watch, framing, wanted.start(), sink.line());
        watchers.put(url, new Commanded(watcher, wanted.sight()));
        peer.watches().beganToo(watch.target().path());
        answer.accept(watching(url, watcher.position()));
        watcher.begin();
        if (peer.isWarned()) {
            watcher.warn(peer.expiresMillis());
        }
        if (wanted.sight().now() != Sight.Now.SAME) { // the rules have changed since it was read
            peer.review(WatchingConnection.REJOIN_MILLIS);
        }
    }

    /** Says on each watch until when the peer is let in. */
    void warn(long untilMillis) {
        for (Commanded each : List.copyOf(watchers.values())) {
            if (!isClosed) { // what is told may find the socket broken, which ends all of them
                each.watcher.warn(untilMillis);
            }
        }
    }

    /** How many watches there are. */
    int count() {
        return watchers.size();
    }

    /** How many changes the one of them that is furthest behind may have to be told yet. */
    long lagRevisions() {
        return watchers.values().stream()
                .mapToLong(its -> its.watcher.lagRevisions())
                .max()
                .orElse(0);
    }

    /** What has become of what is seen by all of them: the worst counts. */
    Sight.Now sightNow() {
        return watchers.values().stream()
                .map(each -> each.sight.now())
                .max(Comparator.naturalOrder())
                .orElse(Sight.Now.SAME);
    }

    private void checkRoomFor(String url) {
        if (watchers.containsKey(url)) {
            throw ProblemType.INVALID_COMMAND.because(
                    "This URL is watched on this socket already; unwatch it first.");
        }
        if (watchers.size() >= countMax) {
            throw ProblemType.TOO_MANY_WATCHES.because("A socket has at most " + WATCHES_MAX
                    + " watches; unwatch something, or open another socket.");
        }
    }

    /** The request that would have been made for this URL alone. */
    private Request request(String url) {
        int charactersMax = service.settings().limits().requestLineBytesMax() - LINE_BYTES;
        if (url.length() > charactersMax) {
            throw ProblemType.URI_TOO_LONG.because(
                    "The URL is longer than " + charactersMax + " characters.");
        }
        if (!url.startsWith("/")) {
            throw ProblemType.BAD_REQUEST.because(
                    "The URL must be a path that starts with /, on this server.");
        }
        String target = RequestTarget.parse(Method.GET.name(), url).text();
        return Request.of(Method.GET, target, headers, NOTHING).by(peer.principal());
    }

    private boolean unwatch(String url, Consumer<byte[]> answer) {
        Commanded known = watchers.remove(url);
        if (known == null) {
            throw ProblemType.INVALID_COMMAND.because(
                    "This URL is not watched by a command on this socket.");
        }
        known.watcher.close();
        peer.watches().unwatched(known.sight.asked().target().path());
        service.commanded().remove(1);
        peer.visit().unwatch();
        answer.accept(Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("unwatched", url);
            generator.writeEndObject();
        }));
        return true;
    }

    /** Where it begins at a time, its position is known later only. */
    private static byte[] watching(String url, Optional<String> position) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("watching", url);
            position.ifPresent(id -> generator.writeStringProperty("position", id));
            generator.writeEndObject();
        });
    }

    private static byte[] refusal(Problem problem) {
        var text = new ByteArrayOutputStream();
        text.writeBytes("{\"problem\":".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(problem.json());
        text.write('}');
        return text.toByteArray();
    }

    /** Ends all of them. */
    void close() {
        isClosed = true;
        asker.vanish();
        watchers.values().forEach(each -> each.watcher.close());
        service.commanded().remove(watchers.size());
        watchers.clear();
    }
}
