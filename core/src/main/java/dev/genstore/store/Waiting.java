package dev.genstore.store;

import dev.genstore.query.Asker;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that waits for its commit. What its writer will be told is decided in the transaction and
 * told behind the commit. Made on the thread of who asks for it; confined to the writer thread from
 * then on, except for {@link #answer}.
 */
final class Waiting {
    final Batch batch;
    final List<Optional<Preview>> previews;
    final CompletableFuture<Done> answer = new CompletableFuture<>();
    private final @Nullable Asker asker = Asker.present();
    private final @Nullable CommitFollower follower = CommitFollower.present();
    private final long askedNanos = follower == null ? 0 : System.nanoTime();
    private long weightBytes;
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

    /** So much was read and made for it, also if it is refused then. */
    void weigh(long bytes) {
        weightBytes += bytes;
    }

    /** What was decided is durable. Nobody has heard of it yet. */
    void durable(int sharing, long begunNanos) {
        if (follower != null && done instanceof Done.Now(List<Outcome> outcomes)) {
            LongSummaryStatistics revisions = outcomes.stream()
                    .filter(Outcome.Changed.class::isInstance)
                    .mapToLong(changed -> ((Outcome.Changed) changed).change().revision())
                    .summaryStatistics();
            if (revisions.getCount() > 0) {
                follower.durable(new CommitFollower.Commit(
                        revisions.getMin(),
                        revisions.getMax(),
                        sharing,
                        askedNanos,
                        begunNanos,
                        System.nanoTime()));
            }
        }
    }

    /** Who asks for it learns what it has cost before it is answered. */
    void tell() {
        if (asker != null) {
            asker.write(weightBytes);
        }
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(Objects.requireNonNull(done));
        }
    }
}
