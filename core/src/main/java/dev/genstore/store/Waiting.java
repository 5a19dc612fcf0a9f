package dev.genstore.store;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that waits for its commit. What its writer will be told is decided in the transaction and
 * told behind the commit. Confined to the writer thread, except for {@link #answer}.
 */
final class Waiting {
    final Batch batch;
    final List<Optional<Preview>> previews;
    final CompletableFuture<Done> answer = new CompletableFuture<>();
    private @Nullable Done done;
    private @Nullable RuntimeException failure;

    Waiting(Batch batch, List<Optional<Preview>> previews) {
        this.batch = batch;
        this.previews = previews;
    }

    void decide(Done decided) {
        done = decided;
    }

    void fail(RuntimeException decided) {
        failure = decided;
    }

    void tell() {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(Objects.requireNonNull(done));
        }
    }
}
