package dev.genstore.hub;

/**
 * Ends watchers that must not be told any more, before others are told. What it is due for is said
 * before the changes are told that they must not hear of, so whoever has read those sees that it is.
 */
public interface Guard {
    /** Of a loop whose watchers may be told everything. */
    Guard NONE = new Guard() {
        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void run() {}
    };

    /** Whether nobody may be told what was read until it has run. Asked for each reading. */
    boolean isDue();

    /** Ends them; it should be quick where there are none. It runs on the loop. */
    void run();
}
