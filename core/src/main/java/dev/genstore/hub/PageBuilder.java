package dev.genstore.hub;

import java.util.ArrayList;
import java.util.List;

/** Gathers the events of one page. Confined to one reading. */
final class PageBuilder {
    private final int bytesMax;
    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private long told;

    /**
     * An empty page.
     *
     * @param told the last revision that the watcher was told of
     * @param bytesMax from how much JSON on it is full
     */
    PageBuilder(long told, int bytesMax) {
        this.told = told;
        this.bytesMax = bytesMax;
    }

    /** The last revision that the watcher was told of, with this page. */
    long told() {
        return told;
    }

    boolean isFull() {
        return bytes >= bytesMax;
    }

    void add(Event event, long revision) {
        events.add(event);
        bytes += event.json().length;
        told = revision;
    }

    Page page(Progress progress, boolean atHead) {
        return new Page(events, progress, atHead);
    }
}
