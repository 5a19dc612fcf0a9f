package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a path, over one connection after the other and whichever transport works:
 *
 * <pre>
 *            time                first message
 *   waiting ──────► opening ───────────────────► open
 *      ▲               │ end, 10 s                 │ end, silence, a hole
 *      │               │ (next transport)          │
 *      └───────────────┴───────────────────────────┘      refused in any state: over
 * </pre>
 *
 * While a transport other than the best one is open, a better one is tried beside it from time to
 * time; the first word on that replaces the old one. Since both bring positions, nothing is lost
 * and nothing doubled. In the same way credentials that expire are renewed. While the audience has
 * no room, nothing is read and nothing is opened.
 *
 * <p>Its public face is thread-safe; everything else is confined to {@link #serial}.
 */
final class Follower {
    private static final Duration BACKOFF = Duration.ofMillis(500);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);
    private static final Duration BETTER_MAX = Duration.ofMinutes(10);

    /** A long way up; over that the doubled times are above their bounds anyway. */
    private static final int DOUBLINGS_MAX = 16;

    /** So often another token is asked for before it is believed that there is none. */
    private static final int REFUSALS_MAX = 2;

    /** Those that a repetition can cure: too late, too early, too many. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final Surroundings world;
    private final String path;
    private final Audience audience;
    private final Line line;
    private final Serial serial;

    private boolean isRunning;
    private boolean isOver;
    private boolean isFull;
    private boolean isHeldBack;
    private int rung;
    private int attempts;
    private int probes;
    private int refusals;
    private @Nullable Link link;
    private @Nullable Link beside;
    private Runnable cancelWait = Follower::nothing;
    private Runnable cancelProbe = Follower::nothing;

    Follower(Surroundings world, String path, @Nullable String since, Audience audience) {
        this.world = world;
        this.path = path;
        this.audience = audience;
        this.line = new Line(since);
        this.serial = new Serial(world.executor());
    }

    /** Begins, once. */
    void start() {
        serial.execute(() -> {
            if (!isRunning && !isOver) {
                isRunning = true;
                link = open(rung);
            }
        });
    }

    /** Ends it. */
    void stop() {
        serial.execute(this::end);
    }

    /** Ends it, and says so. */
    void close() {
        serial.execute(() -> {
            if (end()) {
                audience.closed();
            }
        });
    }

    /** The audience has room again. */
    void room() {
        serial.execute(() -> {
            isFull = false;
            if (isRunning && isHeldBack) {
                isHeldBack = false;
                link = open(rung);
            }
            goOn(link);
            goOn(beside);
        });
    }

    private boolean end() {
        boolean wasOver = isOver;
        isOver = true;
        isRunning = false;
        cancelWait.run();
        cancelProbe.run();
        drop(link);
        drop(beside);
        link = null;
        beside = null;
        return !wasOver;
    }

    private Link open(int at) {
        String start = line.start();
        String target = start == null ? path : Surroundings.withSince(path, start);
        var opened = new Link(at, serial, this::told, this::ended);
        opened.connect(world.ladder().get(at), target, refusals > 0);
        listen(opened);
        return opened;
    }

    /** Ends it unless it says something in time. */
    private void listen(Link to) {
        to.within(world.timer(), to.isHeard() ? world.silence() : world.opening());
    }

    private void told(Link from, List<Message> portion) {
        for (Message message : portion) {
            if (from != link && from != beside) {
                return;
            }
            hear(from);
            take(from, message);
        }
        if (from == link || from == beside) {
            from.pause();
            goOn(from);
        }
    }

    private void goOn(@Nullable Link with) {
        if (with != null && with.isPaused() && !isFull) {
            listen(with);
            with.more();
        }
    }

    private void take(Link from, Message message) {
        Optional<List<Message>> shown = line.accept(message);
        if (shown.isEmpty()) {
            ended(from, null);
            return;
        }
        if (message.type() == Message.Type.RESET && beside != null) {
            // What that was asked for is of no use any more.
            ended(beside, null);
        }
        if (world.renews() && message.event().path("data").has("expires")) {
            tryBeside(from.rung());
        }
        if (!shown.get().isEmpty()) {
            isFull = !audience.told(shown.get());
        }
    }

    private void hear(Link from) {
        if (from.isHeard()) {
            return;
        }
        from.heard();
        attempts = 0;
        refusals = 0;
        if (from == beside) {
            drop(link);
            link = from;
            beside = null;
            cancelWait.run();
            isHeldBack = false;
        }
        rung = from.rung();
        audience.connected(true);
        lookForBetter();
    }

    private void lookForBetter() {
        cancelProbe.run();
        if (rung == 0) {
            probes = 0;
            return;
        }
        cancelProbe = later(doubled(world.better(), probes, BETTER_MAX), () -> {
            tryBeside(probes % rung);
            probes++;
        });
    }

    /** Opens another connection beside the one there is, unless it would tell a state once more. */
    private void tryBeside(int at) {
        boolean isCalm = link != null && link.isHeard() && !line.isPart() && !isFull;
        if (isRunning && isCalm && beside == null) {
            beside = open(at);
        } else {
            lookForBetter();
        }
    }

    private void ended(Link ended, @Nullable Throwable failure) {
        drop(ended);
        if (ended == beside) {
            beside = null;
            lookForBetter();
        } else if (ended == link) {
            link = null;
            lost(ended, problem(failure));
        }
    }

    /** What the server said, however often that was wrapped on its way. */
    private static @Nullable Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof Problem)) {
            cause = cause.getCause();
        }
        return (Problem) cause;
    }

    private void lost(Link lost, @Nullable Problem problem) {
        if (lost.isHeard()) {
            audience.connected(false);
        } else {
            rung = (lost.rung() + 1) % world.ladder().size();
        }
        if (problem != null && isFinal(problem)) {
            end();
            audience.failed(problem);
        } else {
            await(problem == null ? Duration.ZERO : problem.retryAfter());
        }
    }

    private boolean isFinal(Problem problem) {
        int status = problem.status();
        if (status == 401) {
            refusals++;
            return !world.renews() || refusals > REFUSALS_MAX;
        }
        boolean isRefusal = status >= 400 && status < 500 && !PASSING.contains(status);
        return isRefusal || (status >= 4400 && status < 4500);
    }

    /** Full jitter, so that those who were cut off together do not come back together. */
    private void await(Duration atLeast) {
        Duration most = doubled(BACKOFF, attempts, BACKOFF_MAX);
        attempts++;
        Duration jitter = Duration.ofNanos((long) (world.random().nextDouble() * most.toNanos()));
        cancelProbe.run();
        cancelWait = later(jitter.compareTo(atLeast) < 0 ? atLeast : jitter, this::again);
    }

    private void again() {
        if (!isRunning || link != null) {
            return;
        }
        if (isFull) {
            isHeldBack = true;
        } else {
            link = open(rung);
        }
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration longer = first.multipliedBy(1L << Math.min(times, DOUBLINGS_MAX));
        return longer.compareTo(most) < 0 ? longer : most;
    }

    private Runnable later(Duration delay, Runnable action) {
        return new Once(delay, action);
    }

    private static void nothing() {}

    private static void drop(@Nullable Link link) {
        if (link != null) {
            link.drop();
        }
    }

    /** Does something later in {@link #serial}, unless it is run, which cancels it. */
    private final class Once implements Runnable {
        private final Runnable cancel;
        private boolean isCancelled;

        Once(Duration delay, Runnable action) {
            cancel = world.timer()
                    .after(
                            delay,
                            () -> serial.execute(() -> {
                                if (!isCancelled) {
                                    isCancelled = true;
                                    action.run();
                                }
                            }));
        }

        @Override
        public void run() {
            isCancelled = true;
            cancel.run();
        }
    }
}
