package dev.genstore.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is at a URL, kept up to date. A batch becomes visible at once, and behind a reset the old
 * state is shown until the new one is complete.
 *
 * <p>Thread-safe.
 */
public final class Live<T> implements AutoCloseable {
    private final Telling<T> telling;
    private final boolean isWholeStore;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Runnable stop;

    @GuardedBy("this") private Map<String, Stored<T>> items = new TreeMap<>();

    /** The state that is being told behind a reset. */
    @GuardedBy("this") private @Nullable Map<String, Stored<T>> fresh;

    @GuardedBy("this") private State<T> status =
            new State<>(Map.of(), Optional.empty(), false, false, Optional.empty());

    @GuardedBy("this") private boolean isStale;

    /**
     * What is shown at one moment. Immutable.
     *
     * @param items the resources in the order of their ids, which are the keys; of a watch of
     *     {@code /api} the keys are paths
     * @param position up to where it is told; with {@code at-least} another server shows at least
     *     this
     * @param isSynced whether the server has told everything once
     * @param isConnected whether it is told of changes now
     * @param failure why it has ended
     */
    public record State<T>(
            Map<String, Stored<T>> items,
            Optional<String> position,
            boolean isSynced,
            boolean isConnected,
            Optional<RuntimeException> failure) {
        private State<T> with(Map<String, Stored<T>> shown) {
            return new State<>(shown, position, isSynced, isConnected, failure);
        }
    }

    Live(GenstoreClient client, String path, Telling<T> telling) {
        this.telling = telling;
        this.isWholeStore = path.matches("/api/?(\\?.*)?");
        Follower follower = client.follow(path, Position.NOWHERE, new Following());
        stop = () -> {
            follower.stop();
            client.forget(follower);
        };
        follower.start();
    }

    /** What is there now, all of one moment. */
    public synchronized State<T> state() {
        if (isStale) {
            isStale = false;
            status = status.with(Collections.unmodifiableMap(new LinkedHashMap<>(items)));
        }
        return status;
    }

    /** The same, but perhaps with old items: those are copied only when somebody looks. */
    private synchronized State<T> glance() {
        return isStale ? status.with(Map.of()) : status;
    }

    /** The resources by their ids. */
    public Map<String, Stored<T>> items() {
        return state().items();
    }

    /** Done when the server has told everything for the first time; fails if that will not be. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /**
     * Runs this whenever there is another {@link #state}, on a thread of the client that it must
     * not keep: until it returns, nothing more is read.
     *
     * @return what ends that
     */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends it. What is shown stays. */
    @Override
    public void close() {
        end(new Problem(0, "/problems/closed", "The live view was closed."));
    }

    private void end(RuntimeException why) {
        synchronized (this) {
            if (status.failure().isPresent()) {
                return;
            }
            status = new State<>(
                    state().items(), status.position(), status.isSynced(), false, Optional.of(why));
        }
        Runnable stopping = stop;
        if (stopping != null) {
            stopping.run();
        }
        ready.completeExceptionally(why);
        tellListeners();
    }

    /** One that fails is not the others' business, and not the connection's. */
    private void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException bug) {
                Serial.report(bug);
            }
        }
    }

    private synchronized void apply(List<Message> events) {
        events.forEach(this::apply);
        String position = events.getLast().id();
        if (fresh == null) {
            isStale = isStale || !isOnlySynced(events);
            status = new State<>(
                    status.items(),
                    Optional.of(position),
                    status.isSynced(),
                    status.isConnected(),
                    status.failure());
        }
    }

    private static boolean isOnlySynced(List<Message> events) {
        return events.stream().allMatch(event -> event.type() == Message.Type.SYNCED);
    }

    @GuardedBy("this") private void apply(Message message) {
        switch (message.type()) {
            case RESET -> fresh = new TreeMap<>();
            case SYNCED, AT -> synced();
            case CREATED, UPDATED -> target().put(key(message), stored(message));
            case DELETED -> target().remove(key(message));
        }
    }

    @GuardedBy("this") private Map<String, Stored<T>> target() {
        return fresh == null ? items : fresh;
    }

    @GuardedBy("this") private void synced() {
        if (fresh != null) {
            items = fresh;
            fresh = null;
            isStale = true;
        }
        status = new State<>(
                status.items(), status.position(), true, status.isConnected(), status.failure());
    }

    private String key(Message message) {
        JsonNode event = message.event();
        String subject = event.path("subject").asString("");
        return isWholeStore ? event.path("source").asString("") + "/" + subject : subject;
    }

    /** One that entered a window has an older version than the event. */
    private Stored<T> stored(Message message) {
        JsonNode data = message.event().path("data");
        long revision = data.path("_revision").asLong(message.place().halves() / 2);
        return new Stored<>(
                telling.value(data), "\"" + message.place().epoch() + "-" + revision + "\"");
    }

    private synchronized void connected(boolean is) {
        status = new State<>(
                status.items(), status.position(), status.isSynced(), is, status.failure());
    }

    /** What the follower tells, in its serial. */
    private final class Following implements Audience {
        @Override
        public boolean told(List<Message> events) {
            State<T> before = glance();
            try {
                apply(events);
            } catch (RuntimeException misfit) {
                end(misfit);
                return true;
            }
            State<T> now = glance();
            if (now.isSynced()) {
                ready.complete(null);
            }
            // Most often a server that has nothing to tell says so.
            if (!isOnlySynced(events) || !now.equals(before)) {
                tellListeners();
            }
            return true;
        }

        @Override
        public void connected(boolean is) {
            Live.this.connected(is);
            tellListeners();
        }

        @Override
        public void failed(Problem problem) {
            end(problem);
        }

        @Override
        public void closed() {
            close();
        }
    }
}
