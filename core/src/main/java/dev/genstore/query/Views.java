package dev.genstore.query;

import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;

/**
 * Tells what somebody may see. Thread-safe; it answers at once, but for everything there is: of that it
 * may take a while where there are many rules.
 */
public interface Views {
    /** Where there are no rules: only who need not ask them sees anything. */
    Views WITHOUT_RULES = new Views() {
        @Override
        public View of(Authority by, Selection asked) {
            if (by.isAll()) {
                return new View(asked, 0);
            }
            throw ProblemType.FORBIDDEN.because("There are no rules here that let you see it.");
        }

        @Override
        public long since(Target target) {
            return 0;
        }

        @Override
        public boolean areTheSame(Authority by, long since) {
            return true;
        }

        @Override
        public void listen(Runnable listener) {}
    };

    /**
     * What of a selection is seen by somebody, as the rules are now.
     *
     * @throws dev.genstore.resource.Problem 403 when nothing of it ever is
     */
    View of(Authority by, Selection asked);

    /** The revision behind which the rules of a target are what they are; 0 where there are none. */
    long since(Target target);

    /**
     * Whether of everything there is somebody certainly sees the same as he did by the rules that were
     * so since that revision. Answers at once.
     */
    boolean areTheSame(Authority by, long since);

    /**
     * Has {@code listener} called whenever views may have become others. What has changed in the store
     * since then is told when it has returned.
     */
    void listen(Runnable listener);
}
