package dev.genstore.fuzz;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What Jazzer calls, in a process of its own for each target. */
public final class Fuzzed {
    private static @Nullable Target target;

    private Fuzzed() {}

    /** Called once, with the name of the target. */
    public static void fuzzerInitialize(String[] arguments) {
        target = Target.valueOf(arguments[0]);
    }

    /** Called with every input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Objects.requireNonNull(target).check(input);
    }
}
