package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.Change;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells changes to the feeds that see them. The hub's lock is held for moments only: to look up which
 * filters to try, and then for one filter's feeds at a time. States are parsed and filters are tried
 * without it. What is joined meanwhile begins behind the change that is being told, and so reads that
 * change from the log.
 *
 * <p>Confined to the hub's thread, but for {@link #through} and {@link #revision}.
 */
final class Telling {
    private final ReentrantLock lock;

    @GuardedBy("lock") private final WatchIndex index;

    @GuardedBy("lock") private final Appender appender;

    private final Matching matching;
    private final Rankings rankings;
    private final FailureLog failures;

    /** Changed under the lock. */
    private volatile long revision;

    private volatile long through;

    /** Goes on behind a revision. */
    Telling(
            ReentrantLock lock,
            WatchIndex index,
            Appender appender,
            Rankings rankings,
            FailureLog failures,
            long revision) {
        this.lock = lock;
        this.index = index;
        this.appender = appender;
        this.matching = new Matching(lock, index);
        this.rankings = rankings;
        this.failures = failures;
        this.revision = revision;
        this.through = revision;
    }

    /** The revision up to which every feed has everything. */
    long through() {
        return through;
    }

    /** The one that is being told, or was told last. To be asked under the lock. */
    long revision() {
        return revision;
    }

    /** Tells changes that follow one another, and wakes who follows them. */
    void tell(List<Change> changes) {
        var touched = new Touched();
        try {
            for (Change change : changes) {
                tell(change, touched);
            }
        } finally {
            touched.wake();
            failures.tell();
        }
    }

    private void tell(Change change, Touched touched) {
        var transition = new Transition(change);
        begin(change);
        for (Topic topic : matching.candidates(transition)) {
            try {
                tell(topic, transition, touched);
            } catch (RuntimeException | OutOfMemoryError failure) {
                skip(topic, change, failure, touched);
            }
        }
        end(change, touched);
        through = change.revision();
    }

    private void tell(Topic topic, Transition transition, Touched touched) {
        LiveRanking ranking = topic.ranking();
        if (ranking == null) {
            Sight sight = transition.seenThrough(topic.target(), topic.filter());
            append(topic, transition.change(), sight == null ? List.of() : List.of(sight), touched);
            return;
        }
        Optional<List<Sight>> sights = ranking.see(transition);
        if (sights.isPresent()) {
            append(topic, transition.change(), sights.get(), touched);
        } else {
            pass(topic, transition.change(), touched);
        }
        rankings.refill(topic.key().selection(topic.target()), ranking);
    }

    private void end(Change change, Touched touched) {
        lock.lock();
        try {
            appender.endBatch(change).forEach(touched::add);
        } finally {
            lock.unlock();
        }
    }

    /** What joins from here on reads the change from the log. */
    private void begin(Change change) {
        lock.lock();
        try {
            revision = change.revision();
            appender.begin(change);
        } finally {
            lock.unlock();
        }
    }

    /** Who has left meanwhile has no feeds any more. */
    private void append(Topic topic, Change change, List<Sight> sights, Touched touched) {
        if (sights.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            touched.add(topic);
            appender.append(topic, change, sights);
        } finally {
            lock.unlock();
        }
    }

    /** What the change does to a live window is not known yet: its watchers ask the log. */
    private void pass(Topic topic, Change change, Touched touched) {
        lock.lock();
        try {
            touched.add(topic);
            appender.pass(topic, change);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody knows whether the change belongs to it: its watchers ask the log. */
    private void skip(Topic topic, Change change, Throwable failure, Touched touched) {
        lock.lock();
        try {
            touched.add(topic);
            appender.skip(topic, change, failure);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Retention has overtaken the hub, if only in some collections: every watcher goes by the log, and
     * finds the reset there if there has to be one.
     */
    void skipTo(long to) {
        var touched = new Touched();
        lock.lock();
        try {
            for (Topic topic : index.all()) {
                touched.add(topic);
                topic.lose();
                appender.skipTo(topic, to);
            }
            revision = to;
        } finally {
            lock.unlock();
        }
        through = to;
        touched.wake();
    }
}
