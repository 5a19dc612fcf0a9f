package dev.genstore.embedded.audit;

import dev.genstore.auth.ApiKey;
import dev.genstore.embedded.audit.KeyNews.News;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Method;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.wire.Witness;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes down who did what and from where: one line of JSON for each request that writes, for who was
 * not let in or not allowed, for each watch and its end, for keys and for the server itself.
 *
 * <p>It has no header field, no query and no content of a request or an answer in it, but what is
 * named here: the path, the revision, the type of a problem, and {@code Request-Id}.
 *
 * <p>Thread-safe.
 */
public final class AuditLog implements Witness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Set<Method> READS =
            EnumSet.of(Method.GET, Method.HEAD, Method.QUERY, Method.OPTIONS);
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final String FORBIDDEN = "forbidden";
    private static final String READ = "read";
    private static final Pattern PROBLEM = Pattern.compile("/problems/([a-z0-9-]{1,64})");

    /** As it must be to be told with a change. */
    private static final Pattern REQUEST_ID = Pattern.compile("[!#-\\[\\]-~]{1,128}");

    private final AuditSettings settings;
    private final InstantSource clock;
    private final AuditWriter writer;
    private final Strangers strangers;
    private final KeyNews keyNews;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private AuditLog(AuditSettings settings, InstantSource clock, AuditFile file) {
        this.settings = settings;
        this.clock = clock;
        this.writer = new AuditWriter(file, this::loss);
        this.strangers = new Strangers(clock);
        this.keyNews = new KeyNews(file.lastTime());
    }

    /**
     * Opens a log and goes on behind its last whole line.
     *
     * @throws IOException when the file can't be had
     */
    public static AuditLog open(AuditSettings settings, InstantSource clock) throws IOException {
        var file = new AuditFile(settings, clock);
        try {
            file.open();
        } catch (IOException failure) {
            throw new IOException(
                    "The audit log " + settings.file() + " can't be written: "
                            + failure.getMessage(),
                    failure);
        }
        var log = new AuditLog(settings, clock, file);
        log.writer.start();
        return log;
    }

    /** How many lines were written. */
    public long written() {
        return writer.written();
    }

    /** How many lines were lost because the disk took none, and too many waited. */
    public long lost() {
        return writer.lost();
    }

    /** The server listens. */
    public void started(InetSocketAddress address, boolean isLocked) {
        add("started", generator -> {
            generator.writeStringProperty(
                    "listens", address.getHostString() + ":" + address.getPort());
            generator.writeBooleanProperty("locked", isLocked);
        });
    }

    /** The keys are these now. */
    public synchronized void keys(List<ApiKey> keys) {
        for (News news : keyNews.of(keys)) {
            add(news.event(), generator -> tell(generator, news.key()));
        }
    }

    private static void tell(JsonGenerator generator, ApiKey key) {
        generator.writeStringProperty("key", "key:" + key.id());
        generator.writeStringProperty("name", key.name());
        generator.writeStringProperty(
                "scopes", String.join(" ", key.scopes().stream().sorted().toList()));
        Optional.ofNullable(key.expires())
                .ifPresent(time -> generator.writeStringProperty("expires", time.toString()));
    }

    @Override
    public void answered(Request request, Reply reply) {
        safely(() -> {
            String event = event(request, reply);
            if (!event.equals(READ) || settings.reads()) {
                tell(event, request.principal(), generator -> {
                    Line.who(generator, request.principal(), request.address());
                    generator.writeStringProperty("method", request.method().name());
                    Line.target(generator, request.path());
                    generator.writeNumberProperty("status", reply.status());
                    tell(generator, request, reply);
                });
            }
        });
    }

    private static String event(Request request, Reply reply) {
        if (reply.headers().first("WWW-Authenticate").isPresent()) {
            return UNAUTHENTICATED;
        }
        if (reply.status() == ProblemType.FORBIDDEN.status()) {
            return FORBIDDEN;
        }
        if (READS.contains(request.method())) {
            return READ;
        }
        String path = Line.decoded(request.path());
        if (path.equals("/api/_session")) {
            return "session";
        }
        return path.startsWith("/api/_collections") ? "definition" : "write";
    }

    private static void tell(JsonGenerator generator, Request request, Reply reply) {
        reply.headers().first("ETag").ifPresent(tag -> Line.revision(generator, tag));
        if (reply.headers().first("Idempotency-Replayed").isPresent()) {
            generator.writeBooleanProperty("replayed", true);
        }
        request.headers()
                .first("Request-Id")
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .ifPresent(id -> generator.writeStringProperty("request", id));
        if (reply.status() >= 400) {
            problem(reply).ifPresent(slug -> generator.writeStringProperty("problem", slug));
        } else if (Line.decoded(request.path()).equals(BatchWrites.PATH)) {
            BatchWrites.tell(generator, request, reply);
        }
    }

    private static Optional<String> problem(Reply reply) {
        boolean isProblem = reply.headers()
                .first("Content-Type")
                .filter("application/problem+json"::equals)
                .isPresent();
        if (!isProblem) {
            return Optional.empty();
        }
        String type = Json.trusted(reply.body()).tree().path("type").asString("");
        Matcher matcher = PROBLEM.matcher(type);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Only what may be an attempt to come in, or to see what is not for him. */
    @Override
    public void refused(Asked asked, Problem problem) {
        ProblemType type = problem.type();
        boolean isToken = type == ProblemType.TOKEN_IN_URL;
        if (isToken || type.status() == ProblemType.FORBIDDEN.status()) {
            safely(() ->
                    tell(isToken ? UNAUTHENTICATED : FORBIDDEN, asked.principal(), generator -> {
                        Line.who(generator, asked.principal(), asked.address());
                        generator.writeStringProperty("method", asked.method());
                        Line.target(generator, asked.path());
                        generator.writeNumberProperty("status", type.status());
                        generator.writeStringProperty("problem", type.slug());
                    }));
        }
    }

    /** Of those who are not let in, only so many. */
    private void tell(String event, Principal by, Consumer<JsonGenerator> rest) {
        boolean isStranger =
                event.equals(UNAUTHENTICATED) || (event.equals(FORBIDDEN) && by.isNobody());
        long leftOut = isStranger ? strangers.leftOut() : 0;
        if (leftOut < 0) {
            return;
        }
        add(event, generator -> {
            rest.accept(generator);
            if (leftOut > 0) {
                generator.writeNumberProperty("left-out", leftOut);
            }
        });
    }

    @Override
    public void watchBegan(Watching watching) {
        safely(() -> add("watch", generator -> tell(generator, watching)));
    }

    @Override
    public void watchEnded(Watching watching, String cause) {
        safely(() -> add("watch-ended", generator -> {
            tell(generator, watching);
            generator.writeStringProperty("cause", cause);
        }));
    }

    private static void tell(JsonGenerator generator, Watching watching) {
        Line.who(generator, watching.principal(), watching.address());
        generator.writeStringProperty("transport", watching.transport().label());
        Line.target(generator, watching.path());
        generator.writeNumberProperty("connection", watching.connection());
    }

    private byte[] loss(long lines) {
        return Line.of(clock.instant(), "lost", generator -> {
            generator.writeNumberProperty("lines", lines);
        });
    }

    private void add(String event, Consumer<JsonGenerator> rest) {
        writer.add(Line.of(clock.instant(), event, rest));
    }

    /** A line that can't be made must not cost the request that it tells of. */
    private void safely(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException bug) {
            writer.addLost();
            LOG.error("A line of the audit log can't be made", bug);
        }
    }

    /** The server stops. Writes what waits. */
    @Override
    public void close() {
        if (!isClosed.getAndSet(true)) {
            add("stopped", generator -> {});
            writer.stop();
        }
    }
}
