package dev.genstore.checks.crash;

import dev.genstore.checks.crash.Complaint.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server under load: writers that write all the time, and followers on every transport that come
 * back with their positions. The test ends it and starts it again as it likes; in the end everything
 * that was answered and told is held against the log.
 *
 * <p>Confined to the test's thread.
 */
final class Ordeal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WRITERS = 5;

    private final long seed;
    private final Site site = new Site();
    private final Tally told = new Tally();
    private final List<Follower> followers = new ArrayList<>();
    private final List<Writing> writers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("crash-", 0).factory());
    private ServerProcess server;

    private Ordeal(ServerProcess server, long seed) {
        this.server = server;
        this.seed = seed;
    }

    /** Starts a server on an empty folder, and the load. */
    static Ordeal begin(Launch launch, long seed) throws InterruptedException {
        var ordeal = new Ordeal(launch.start(), seed);
        ordeal.site.isAt(ordeal.server.url());
        ordeal.followFromNow();
        ordeal.write();
        return ordeal;
    }

    /** Each sees all of what it follows, because nobody writes before it has begun. */
    private void followFromNow() throws InterruptedException {
        for (Asked asked : List.of(
                new Asked(Transport.WEBSOCKET, "/api", "full"),
                new Asked(Transport.WEBSOCKET, "/api/notes", "patch"),
                new Asked(Transport.SSE, "/api", "full"),
                new Asked(Transport.SSE, "/api/notes/shared-1", "full"),
                new Asked(Transport.NDJSON, "/api", "patch"),
                new Asked(Transport.NDJSON, "/api/tasks", "full"),
                new Asked(Transport.PAGES, "/api", "full"),
                new Asked(Transport.PAGES, "/api/notes", "none"))) {
            follow(asked, null);
        }
        for (Follower follower : followers) {
            follower.seen().await(0, PATIENCE);
        }
    }

    private void write() {
        for (int i = 0; i < WRITERS; i++) {
            var writer = new Writing(site, "w" + i, seed * 31 + i);
            writers.add(writer);
            threads.execute(writer);
        }
    }

    private Follower follow(Asked asked, @Nullable String from) {
        var follower = new Follower(site, asked, from, told);
        followers.add(follower);
        threads.execute(follower);
        return follower;
    }

    /** Has one more follow everything, from the first change on. */
    Follower joinFromTheStart(Transport transport) {
        return follow(new Asked(transport, "/api", "full"), "0");
    }

    /** Waits until somebody was told of this many more changes. */
    void awaitChanges(long more) throws InterruptedException {
        try {
            told.await(told.greatest() + more, PATIENCE);
        } catch (IllegalStateException late) {
            throw new IllegalStateException(late.getMessage() + ' ' + diagnosis(), late);
        }
    }

    /** What may help to see why nothing happens. */
    private String diagnosis() {
        List<Attempt> attempts = attempts();
        return "with seed " + seed + "; the last of " + attempts.size() + " writes: "
                + attempts.subList(Math.max(0, attempts.size() - 5), attempts.size())
                + "; failures of followers: "
                + followers.stream()
                        .map(Follower::failure)
                        .filter(Objects::nonNull)
                        .toList()
                + "; the server says: " + server.errors();
    }

    List<Follower> followers() {
        return followers;
    }

    /** What all writers have tried so far. */
    List<Attempt> attempts() {
        return writers.stream().flatMap(writer -> writer.attempts().stream()).toList();
    }

    /** Whether a writer was answered with this status. */
    boolean hasAnswered(int status) {
        return attempts().stream().anyMatch(attempt -> attempt.status() == status);
    }

    ServerProcess server() {
        return server;
    }

    Requests requests() {
        return new Requests(server.url());
    }

    /** Kills the server. */
    void kill() {
        site.isGone();
        server.kill();
    }

    /** Asks the server to stop and waits until it has; returns its exit code. */
    int stop() {
        site.isGone();
        server.terminate();
        return server.awaitExit();
    }

    /** Starts the next server. */
    void start(Launch launch) {
        server = launch.start();
        site.isAt(server.url());
    }

    /** Ends the writing, lets everybody come to the end, and says what is wrong. */
    List<Complaint> complaints() throws IOException, InterruptedException {
        writers.forEach(Writing::end);
        for (Writing writer : writers) {
            writer.awaitEnd(PATIENCE);
        }
        Truth truth = Truth.read(server.url());
        List<Complaint> complaints = new ArrayList<>(LogCheck.of(truth, attempts()));
        for (Follower follower : followers) {
            complaints.addAll(stuck(follower, truth.last(follower.asked())));
            complaints.addAll(FollowerCheck.of(truth, follower.asked(), follower.told()));
        }
        return complaints;
    }

    private static List<Complaint> stuck(Follower follower, long last) throws InterruptedException {
        try {
            follower.seen().await(last, PATIENCE);
            return List.of();
        } catch (IllegalStateException late) {
            String why = late.getMessage() + ", " + follower.failure();
            return List.of(new Complaint(Kind.STUCK, follower.asked() + " " + why));
        }
    }

    @Override
    public void close() {
        followers.forEach(Follower::end);
        writers.forEach(Writing::end);
        threads.shutdownNow();
        server.close();
    }
}
