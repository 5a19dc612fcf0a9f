package dev.genstore.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

import java.util.Random;

/**
 * What a random test begins with: another seed each time, which it says when it fails. {@code
 * -Dgenstore.seed=} brings that run back.
 *
 * <p>A field of the test, registered as an extension. Confined to one thread.
 */
public final class Seed implements TestExecutionExceptionHandler {
    private final long value = Long.getLong("genstore.seed", System.nanoTime());
    private boolean isUsed;

    /** All that is left to chance. */
    public Random random() {
        isUsed = true;
        return new Random(value);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure)
            throws Throwable {
        if (!isUsed) {
            throw failure;
        }
        throw new AssertionError("-Dgenstore.seed=" + value + " brings it back", failure);
    }
}
