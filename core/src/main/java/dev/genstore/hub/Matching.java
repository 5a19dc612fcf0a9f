package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.resource.Change;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks up who may have to be told of a change, and holds the hub's lock for no more than that: what
 * has to be parsed for it is parsed before.
 *
 * <p>Confined to the hub's thread.
 */
final class Matching {
    private static final Logger LOG = LoggerFactory.getLogger(Matching.class);

    private final ReentrantLock lock;

    @GuardedBy("lock") private final WatchIndex index;

    Matching(ReentrantLock lock, WatchIndex index) {
        this.lock = lock;
        this.index = index;
    }

    /** What can't be parsed has to be tried with each filter, and fails there. */
    List<Topic> candidates(Transition transition) {
        boolean isReadable = isReadable(transition);
        lock.lock();
        try {
            return isReadable
                    ? index.candidates(transition)
                    : index.candidates(transition.change());
        } finally {
            lock.unlock();
        }
    }

    private boolean isReadable(Transition transition) {
        try {
            if (hasFilters(transition.change())) {
                transition.parse();
            }
            return true;
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            LOG.debug("Revision {} can't be looked into", transition.revision(), unreadable);
            return false;
        }
    }

    private boolean hasFilters(Change change) {
        lock.lock();
        try {
            return index.hasFilters(change);
        } finally {
            lock.unlock();
        }
    }
}
