package dev.genstore.checks.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last things that happened, for the message of a failure. */
final class Trace {
    private static final int LINES_MAX = 80;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Stage stage;
    private int count;

    Trace(Stage stage) {
        this.stage = stage;
    }

    /** What happens inside an interrupted thread is indented. */
    void add(String what) {
        count++;
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast("%5d %s%s".formatted(count, "  ".repeat(stage.depth()), what));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
