package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * What happens at a URL: each event once, in order and without a hole, whatever happens to
 * connections, servers and the network between. Those of one batch come behind one another.
 *
 * <p>Each subscriber has a watch of its own, which begins when it subscribes. It is told as much as
 * it asks for. Some events are read ahead ({@link ClientBuilder#readAhead}); a batch is never cut,
 * so that can be more by one batch, or by what came in one piece. Behind that nothing is read, and
 * what is not read is a position and no queue: the server gives up the connection in the end, and
 * it is opened again when there is room. It does not complete by itself, only when the client is
 * closed. It fails with a {@link Problem} that the server will not have it, or with a {@code
 * JacksonException} where a resource does not fit the type.
 *
 * <p>Immutable.
 */
public final class Watch<T> implements Flow.Publisher<Event<T>> {
    private static final String STATE = "state";

    private final GenstoreClient client;
    private final String path;
    private final Telling<T> telling;
    private final @Nullable String since;

    Watch(GenstoreClient client, String path, Telling<T> telling, @Nullable String since) {
        this.client = client;
        this.path = path;
        this.telling = telling;
        this.since = since;
    }

    /**
     * The same from somewhere else than now: a position, such as an event's {@code id}; a revision
     * or a time; {@code "0"} for everything that ever happened; or {@code "state"} for what is
     * there now, as {@code Created} behind a {@code Reset}, and then what changes.
     */
    public Watch<T> since(String start) {
        String from = start.equals(STATE) ? Position.NOWHERE : start;
        return new Watch<>(client, path, telling, from);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Event<T>> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        var delivery = new Delivery<T>(subscriber, telling, client.surroundings());
        Follower follower = client.follow(path, since, delivery);
        delivery.begin(follower, () -> client.forget(follower));
    }

    /** Begins it for a thread that reads event by event. */
    public Events<T> open() {
        var events = new Events<T>();
        subscribe(events.subscriber());
        return events;
    }
}
