package dev.genstore.checks.harness;

import dev.genstore.wire.send.SenderKind;

import org.jspecify.annotations.Nullable;

/** The sender that servers of this run use: the build runs many tests with each. */
public final class ForcedSender {
    private static final String PROPERTY = "genstore.checks.sender";

    private ForcedSender() {}

    /** The kind that the run asks for, or null for the best. */
    public static @Nullable SenderKind kind() {
        String label = System.getProperty(PROPERTY, "");
        return label.isEmpty() ? null : SenderKind.labelled(label);
    }
}
