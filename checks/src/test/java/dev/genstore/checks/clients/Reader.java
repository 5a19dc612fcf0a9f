package dev.genstore.checks.clients;

/**
 * What one connection writes into the client's journal. When the client leaves it, it has also read
 * from it for the last time, whatever is still on its way. Thread-safe.
 */
final class Reader {
    private final Journal journal;
    private volatile boolean hasLeft;

    Reader(Journal journal) {
        this.journal = journal;
    }

    /** The client has received this event. */
    void event(String json) {
        note(() -> journal.event(json));
    }

    /** The client has received it by SSE, under this id and type. */
    void event(String json, String id, String type) {
        note(() -> journal.event(json, id, type));
    }

    /** The client has received these events as one JSON array. */
    void batch(String json) {
        note(() -> journal.batch(json));
    }

    /** The client was told how long to wait before it comes back. */
    void retry(int millis) {
        note(() -> journal.retry(millis));
    }

    /** The connection has ended, and not because the client left. */
    void ended(Ending ending) {
        note(() -> journal.ended(ending));
    }

    /** Something happened that never may. */
    void fault(String what) {
        note(() -> journal.fault(what));
    }

    /** The client leaves. */
    void leave() {
        note(() -> hasLeft = true);
    }

    private void note(Runnable entry) {
        synchronized (journal) {
            if (!hasLeft) {
                entry.run();
            }
        }
    }
}
