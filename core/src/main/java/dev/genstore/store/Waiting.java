package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A write that waits for its commit. What its writer will be told is decided in the transaction and
 * told behind the commit. Confined to the writer thread, except for {@link #answer}.
 */
final class Waiting {
    final Write write;
    final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    private @Nullable Outcome outcome;
    private @Nullable RuntimeException failure;

    Waiting(Write write) {
        this.write = write;
    }

    void decide(Outcome decided) {
        outcome = decided;
    }

    void fail(RuntimeException decided) {
        failure = decided;
    }

    void tell() {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(Objects.requireNonNull(outcome));
        }
    }
}
