package dev.genstore.wire.rates;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.github.bucket4j.TimeMeter;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The allowances of those who are here, and of those who were here a moment ago. They are bounded: the
 * ones by the number of connections, the others by {@link #GONE_MAX}. When there are so many, the one
 * is forgotten who left first: he has had most time to get back what he had used.
 *
 * <p>Thread-safe.
 *
 * @param <K> tells clients apart
 */
final class Allowances<K> {
    /** Some 10 MB at worst. */
    static final int GONE_MAX = 10_000;

    private final ClientLimits limits;
    private final TimeMeter time;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Map<K, Allowance> all = new HashMap<>();

    /** Those of them whom nobody has; who left first comes first. */
    @GuardedBy("lock") private final Set<K> gone = new LinkedHashSet<>();

    Allowances(ClientLimits limits, TimeMeter time) {
        this.limits = limits;
        this.time = time;
    }

    /** How many clients are known. */
    int size() {
        lock.lock();
        try {
            return all.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The allowance of a client, for a connection that will leave.
     *
     * @param holdersMax how many connections may have it
     * @return null when so many have it already
     */
    @Nullable Allowance enter(K client, int holdersMax) {
        lock.lock();
        try {
            Allowance allowance = find(client);
            if (allowance.holders >= holdersMax) {
                return null;
            }
            allowance.holders++;
            return allowance;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private Allowance find(K client) {
        Allowance known = all.get(client);
        if (known == null) {
            known = new Allowance(limits, time);
            all.put(client, known);
        } else if (known.holders == 0) {
            gone.remove(client);
        }
        return known;
    }

    /** A connection that has entered has it no more. */
    void leave(K client, Allowance allowance) {
        lock.lock();
        try {
            allowance.holders--;
            if (allowance.holders > 0) {
                return;
            }
            if (allowance.rest()) {
                all.remove(client);
            } else {
                makeRoom();
                gone.add(client);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A client owes this; if he has left, it is there when he comes back. */
    void owe(K client, Rate rate, long count) {
        Allowance allowance = Objects.requireNonNull(enter(client, Integer.MAX_VALUE));
        allowance.owe(rate, count);
        leave(client, allowance);
    }

    @GuardedBy("lock") private void makeRoom() {
        if (gone.size() >= GONE_MAX) {
            K first = gone.iterator().next();
            gone.remove(first);
            all.remove(first);
        }
    }

    /** Forgets those who are gone and whose allowance is as if it had never been used. */
    void rest() {
        clients().forEach(this::rest);
    }

    private List<K> clients() {
        lock.lock();
        try {
            return List.copyOf(all.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** One at a time, so that nobody who enters waits for all of them. */
    private void rest(K client) {
        lock.lock();
        try {
            Allowance known = all.get(client);
            if (known != null && known.rest() && known.holders == 0) {
                all.remove(client);
                gone.remove(client);
            }
        } finally {
            lock.unlock();
        }
    }
}
