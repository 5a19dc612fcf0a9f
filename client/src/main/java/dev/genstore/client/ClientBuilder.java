package dev.genstore.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What a client is made of; all of it can be replaced. Confined to one thread. */
public final class ClientBuilder {
    private final String base;
    private @Nullable TokenSource tokens;
    private boolean renews;
    private JsonMapper mapper = plainMapper();
    private @Nullable HttpClient http;
    private @Nullable Executor executor;
    private @Nullable Timer timer;
    private RandomGenerator random = new Random();
    private Duration answering = Duration.ofSeconds(30);
    private Duration silence = Duration.ofSeconds(45);
    private Duration opening = Duration.ofSeconds(10);
    private Duration better = Duration.ofSeconds(10);
    private int readAhead = 256;
    private UnaryOperator<List<Transport>> ladder = all -> all;

    ClientBuilder(URI server) {
        base = server.toString().replaceFirst("/$", "");
    }

    /**
     * Leaves members out that a bean has no value for; a patch by a {@code Map} keeps its nulls.
     */
    private static JsonMapper plainMapper() {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(
                        all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    /** Sends always this API key or JWT. */
    public ClientBuilder token(String fixed) {
        tokens = refused -> fixed;
        renews = false;
        return this;
    }

    /**
     * Asks for a token for each connection and request: for another one if the last one was
     * refused, and again 30 s before it expires.
     */
    public ClientBuilder token(TokenSource source) {
        tokens = Objects.requireNonNull(source, "source");
        renews = true;
        return this;
    }

    /** Maps resources so. The default leaves out what is null in beans and records. */
    public ClientBuilder mapper(JsonMapper own) {
        mapper = Objects.requireNonNull(own, "own");
        return this;
    }

    /** Connects by this, as for a proxy or certificates of one's own; it is not closed. */
    public ClientBuilder http(HttpClient own) {
        http = Objects.requireNonNull(own, "own");
        return this;
    }

    /**
     * Runs subscribers and everything else on this; it is not closed. The default gives each task a
     * virtual thread, for as long as there is something to do.
     */
    public ClientBuilder executor(Executor own) {
        executor = Objects.requireNonNull(own, "own");
        return this;
    }

    /** Waits by this. The default has one daemon thread for all watches of the client. */
    public ClientBuilder timer(Timer own) {
        timer = Objects.requireNonNull(own, "own");
        return this;
    }

    /** Takes chances by this, which must be thread-safe. */
    public ClientBuilder random(RandomGenerator own) {
        random = Objects.requireNonNull(own, "own");
        return this;
    }

    /** How long a read or a write may wait until its answer begins. Default 30 s. */
    public ClientBuilder answering(Duration longest) {
        answering = positive(longest);
        return this;
    }

    /** How long a connection may be silent; the server says something every 15 s. Default 45 s. */
    public ClientBuilder silence(Duration longest) {
        silence = positive(longest);
        return this;
    }

    /** How long a connection may take until the first word. Default 10 s. */
    public ClientBuilder opening(Duration longest) {
        opening = positive(longest);
        return this;
    }

    /** After which time a better transport is tried again, doubling up to 10 min. Default 10 s. */
    public ClientBuilder better(Duration first) {
        better = positive(first);
        return this;
    }

    /**
     * How many events are read ahead of a subscriber that takes its time; behind that nothing is
     * read from the network. Default 256.
     */
    public ClientBuilder readAhead(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("at least one event is read ahead, not " + events);
        }
        readAhead = events;
        return this;
    }

    /** Follows by what this makes of the transports there are, the best one first. */
    ClientBuilder ladder(UnaryOperator<List<Transport>> change) {
        ladder = change;
        return this;
    }

    /** Makes it; nothing is connected yet. */
    public GenstoreClient build() {
        var closing = new Closing();
        Executor runner = executor != null ? executor : virtualThreads();
        HttpClient connects = http != null ? http : closing.http(opening, runner);
        var requests = new Requests(connects, base, mapper, tokens, renews, answering);
        List<Transport> transports = List.of(
                new SocketTransport(requests, runner, opening),
                new StreamTransport(requests, runner),
                new PollTransport(requests, runner, silence));
        var world = new Surroundings(
                ladder.apply(transports),
                runner,
                timer != null ? timer : closing.timer(),
                random,
                renews,
                silence,
                opening,
                better,
                readAhead);
        return new GenstoreClient(requests, world, closing);
    }

    /** It holds nothing, so nobody need close it. */
    private static Executor virtualThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("genstore-client").factory());
    }

    private static Duration positive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("a time is above zero, not " + duration);
        }
        return duration;
    }

    /** What the client has made for itself, to be closed with it. */
    private static final class Closing implements Runnable {
        private @Nullable HttpClient http;
        private @Nullable ScheduledThreadPoolExecutor timer;

        HttpClient http(Duration opening, Executor runner) {
            HttpClient made = HttpClient.newBuilder()
                    .connectTimeout(opening)
                    .executor(runner)
                    .build();
            http = made;
            return made;
        }

        Timer timer() {
            var made = new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("genstore-client-timer").factory(),
                    new ThreadPoolExecutor.DiscardPolicy());
            made.setRemoveOnCancelPolicy(true);
            timer = made;
            return (delay, action) -> {
                ScheduledFuture<?> planned =
                        made.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> planned.cancel(false);
            };
        }

        @Override
        public void run() {
            if (timer != null) {
                timer.shutdownNow();
            }
            if (http != null) {
                http.shutdownNow();
            }
        }
    }
}
