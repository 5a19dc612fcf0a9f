package dev.genstore.store;

import java.util.List;

/** What became of a {@link Batch} that was not refused. */
public sealed interface Done {
    /**
     * It was done.
     *
     * @param outcomes of each write, in order
     */
    record Now(List<Outcome> outcomes) implements Done {
        public Now {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * It had been done before, and nothing was written now.
     *
     * @param answer what {@link Once#answer} made of it then
     */
    record Before(String answer) implements Done {}
}
