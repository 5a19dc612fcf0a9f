package dev.genstore.store;

/** Finds changes by the time at which they were made; times never fall along the log. */
final class LogTimes {
    private LogTimes() {}

    /**
     * The last change above {@code after} and up to {@code through} that was made before a time;
     * {@code after} when there is none.
     *
     * @param after not below the horizon
     */
    static long lastBefore(Ledger ledger, long timeMillis, long after, long through) {
        if (after >= through || ledger.timeMillis(after + 1) >= timeMillis) {
            return after;
        }
        long low = after + 1;
        long high = through;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean isBefore = ledger.timeMillis(middle) < timeMillis;
            low = isBefore ? middle : low;
            high = isBefore ? high : middle - 1;
        }
        return low;
    }
}
