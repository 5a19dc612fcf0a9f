package dev.genstore.server.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a long work is, where a person sees it, and at its end what it was. Closing it before makes
 * room for what went wrong.
 *
 * <p>Confined to one thread.
 */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 200_000_000L;
    private static final int BAR_WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean isSeen;
    private final long begunNanos = System.nanoTime();
    private long shownNanos;
    private long before;
    private boolean isShown;

    Progress(Terminal terminal) {
        err = terminal.err();
        isSeen = terminal.isErrSeen();
    }

    /** It goes on behind so many rows, which say nothing of how fast it is. */
    void begin(long rows) {
        before = rows;
    }

    /**
     * So many rows are done.
     *
     * @param part of all, from 0 to 1, or below 0 when nobody knows
     */
    void show(long rows, double part) {
        long now = System.nanoTime();
        if (isSeen && now - shownNanos >= INTERVAL_NANOS) {
            shownNanos = now;
            isShown = true;
            err.print(CLEAR_LINE + bar(part) + figures(rows));
            err.flush();
        }
    }

    /** It is over; {@code what} is what was done with the rows. */
    void end(String what, long rows) {
        close();
        err.println(what + ": " + figures(rows) + ".");
    }

    @Override
    public void close() {
        err.print(isShown ? CLEAR_LINE : "");
        isShown = false;
    }

    private static String bar(double part) {
        if (part < 0) {
            return "";
        }
        int full = (int) Math.round(Math.min(part, 1) * BAR_WIDTH);
        return "[" + "=".repeat(full) + " ".repeat(BAR_WIDTH - full) + "] "
                + Math.round(Math.min(part, 1) * 100) + " %, ";
    }

    private String figures(long rows) {
        double seconds = Math.max((System.nanoTime() - begunNanos) / 1e9, 0.001);
        long perSecond = Math.round((rows - before) / seconds);
        return String.format(
                Locale.ROOT, "%d rows in %.1f s, %d a second", rows, seconds, perSecond);
    }
}
