package dev.genstore.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.query.Asker;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of those who wait in a {@link Lane} or are read for. Nobody has more than a part of them,
 * so that one client alone fills no line.
 *
 * <p>Thread-safe.
 */
final class Places {
    private final String name;
    private final int countMax;
    private final int ofOneMax;

    @GuardedBy("this") private final Map<Object, Integer> taken = new HashMap<>();

    @GuardedBy("this") private int count;

    /**
     * No place is taken.
     *
     * @param name says in plain words what is read
     * @param ofOneMax how many a client has
     */
    Places(String name, int countMax, int ofOneMax) {
        this.name = name;
        this.countMax = countMax;
        this.ofOneMax = ofOneMax;
    }

    /**
     * Takes a place and returns whose it is.
     *
     * @throws Problem 503 {@code overloaded} when there is none for him
     */
    synchronized List<?> enter(Asker asker) {
        List<?> clients = asker.clients();
        for (Object client : clients) {
            if (taken.getOrDefault(client, 0) >= ofOneMax) {
                throw overloaded(
                        "Too many " + name + " readings of yours wait already; try again.");
            }
        }
        if (count >= countMax) {
            throw overloaded("Too many " + name + " readings wait already; try again.");
        }
        count++;
        for (Object client : clients) {
            taken.merge(client, 1, Integer::sum);
        }
        return clients;
    }

    private static Problem overloaded(String detail) {
        return ProblemType.OVERLOADED.because(detail).with("Retry-After", "1");
    }

    /** Gives a place back. */
    synchronized void leave(List<?> clients) {
        count--;
        for (Object client : clients) {
            taken.computeIfPresent(client, (same, many) -> many == 1 ? null : many - 1);
        }
    }
}
