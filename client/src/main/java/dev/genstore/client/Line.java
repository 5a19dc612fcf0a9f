package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one watcher has been told, whatever connections told it: each event once, in order and
 * without a hole, and those of one commit together. Everything that comes goes through {@link
 * #accept}, which says what can be shown because of it.
 *
 * <p>Confined to one thread at a time.
 */
final class Line {
    private final @Nullable String since;
    private List<Message> held = new ArrayList<>();
    private @Nullable String position;
    private @Nullable Position here;
    private boolean isPart;

    /** The place up to which the held events belong together. */
    private long until;

    /**
     * A line that begins here.
     *
     * @param since a position; or a bare revision or a time, and the first event says where that
     *     is; or null for now
     */
    Line(@Nullable String since) {
        this.since = since;
        if (since != null && !since.equals(Position.NOWHERE)) {
            here = Position.find(since).orElse(null);
            position = here == null ? null : since;
        }
    }

    /** Whether a state is being told, behind a reset and before {@code synced}. */
    boolean isPart() {
        return isPart;
    }

    /**
     * What a connection is to be opened with, or null for now. A state that was cut off is begun
     * anew: behind a place in its middle a {@code synced} can come that only ends a batch, and then
     * it is not whole.
     */
    @Nullable String start() {
        if (isPart) {
            return Position.NOWHERE;
        }
        return position != null ? position : since;
    }

    /** What is to be shown now, in order; empty where something before it is missing. */
    Optional<List<Message>> accept(Message message) {
        if (message.type() == Message.Type.RESET) {
            held.clear();
            until = 0;
            isPart = true;
            move(message);
            return Optional.of(List.of(message));
        }
        if (here != null && isBehindHole(message, here)) {
            return Optional.empty();
        }
        return Optional.of(here == null || isNew(message, here) ? append(message) : List.of());
    }

    private static boolean isBehindHole(Message message, Position here) {
        Position prev = message.prev();
        return !message.place().epoch().equals(here.epoch())
                || (prev != null && prev.halves() > here.halves());
    }

    private boolean isNew(Message message, Position here) {
        Position there = message.place();
        boolean isSame = there.halves() == here.halves();
        return there.halves() > here.halves()
                || (isSame && message.type() == Message.Type.SYNCED && here.halves() >= until);
    }

    private List<Message> append(Message message) {
        Position there = message.place();
        Position commit = message.commit();
        long together = commit == null ? 0 : commit.halves();
        until = Math.max(until, Math.max(there.upwards(), together));
        isPart &= message.type() != Message.Type.SYNCED;
        move(message);
        if (message.type() != Message.Type.AT) {
            held.add(message);
        }
        return there.halves() < until ? List.of() : release();
    }

    private void move(Message message) {
        position = message.id();
        here = message.place();
    }

    private List<Message> release() {
        List<Message> shown = held;
        held = new ArrayList<>();
        return shown;
    }
}
