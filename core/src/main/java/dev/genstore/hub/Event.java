package dev.genstore.hub;

/**
 * One encoded event, before a transport puts its frame around it.
 *
 * <p>Immutable, as long as nobody writes into {@link #json()}.
 */
public final class Event {
    private final String id;
    private final String type;
    private final byte[] json;

    Event(String id, String type, byte[] json) {
        this.id = id;
        this.type = type;
        this.json = json;
    }

    /** The position that the event stands for. */
    public String id() {
        return id;
    }

    /** {@code created}, {@code updated}, {@code deleted}, {@code synced} or {@code reset}. */
    public String type() {
        return type;
    }

    /** The CloudEvent as one line of UTF-8 JSON. */
    public byte[] json() {
        return json;
    }
}
