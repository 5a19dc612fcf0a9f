package dev.genstore.checks.harness;

/**
 * A client that watches, by whatever transport. It reads only when it is asked for the next event, so
 * one that is not asked is a slow one. Each event is held to the form of an event and to {@link Line}.
 *
 * <p>Confined to one thread.
 */
public interface Follower extends AutoCloseable {
    /**
     * The next event. It fails when none comes within 20 s.
     *
     * @throws Ended when the server has ended it
     */
    Told next();

    /** The next event that is no {@code synced}. */
    default Told nextChange() {
        Told told = next();
        while (told.isSynced()) {
            told = next();
        }
        return told;
    }

    /** Reads up to the next {@code synced}, which must be the very next event. */
    default Follower synced() {
        Told told = next();
        if (!told.isSynced()) {
            throw new AssertionError("not synced but " + told);
        }
        return this;
    }

    /** The id of the last event: where a client goes on that breaks off here. */
    String position();

    /** Breaks off without a word. */
    @Override
    void close();

    /** The server has ended the watch. */
    final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * What a client sees.
         *
         * @param how how it ended, in the words of the transport
         */
        Ended(String how) {
            super(how);
        }

        public String how() {
            return String.valueOf(getMessage());
        }
    }

    /** The server has refused the watch. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        Refused(Answer answer) {
            super(answer.toString());
            this.answer = answer;
        }

        public Answer answer() {
            return answer;
        }
    }
}
