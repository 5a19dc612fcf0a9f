package dev.genstore.checks.crash;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows a URL for good: when the connection ends it comes back with its position. It keeps all that
 * it was told.
 *
 * <p>Thread-safe; {@link #run} is for one thread.
 */
final class Follower implements Runnable {
    private final Site site;
    private final Asked asked;
    private final Tally seen = new Tally();
    private final Tally everyone;
    private final AtomicInteger connections = new AtomicInteger();

    @GuardedBy("told") private final List<Telling> told = new ArrayList<>();

    private volatile boolean isEnding;
    private volatile @Nullable String position;
    private volatile @Nullable RuntimeException failure;

    /**
     * One who has not begun.
     *
     * @param from the position to begin behind, or null: from now on
     * @param everyone what all followers together have seen
     */
    Follower(Site site, Asked asked, @Nullable String from, Tally everyone) {
        this.site = site;
        this.asked = asked;
        this.position = from;
        this.everyone = everyone;
    }

    Asked asked() {
        return asked;
    }

    /** What it was told so far, in this order. */
    List<Telling> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** Up to where it has seen everything. */
    Tally seen() {
        return seen;
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    /** What it could not bear, or null. */
    @Nullable RuntimeException failure() {
        return failure;
    }

    /** Lets it end when its connection does. */
    void end() {
        isEnding = true;
    }

    @Override
    public void run() {
        try {
            while (!isEnding) {
                follow(site.await());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unbearable) {
            failure = unbearable;
        }
    }

    private void follow(URI server) throws InterruptedException {
        try {
            connections.incrementAndGet();
            asked.transport().stream().follow(server, asked, position, this::take);
        } catch (IOException broken) {
            // That is what this is about: it comes back with its position.
        }
    }

    private void take(Telling telling) {
        synchronized (told) {
            told.add(telling);
        }
        position = telling.position();
        seen.saw(telling.revision());
        everyone.saw(telling.revision());
    }
}
