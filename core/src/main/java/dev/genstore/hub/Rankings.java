package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.query.Selection;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Reads new rankings for the live windows that ask for one. Thread-safe. */
final class Rankings {
    private static final Logger LOG = LoggerFactory.getLogger(Rankings.class);

    private final Changelog changelog;
    private final Executor readers;

    /**
     * Rankings of what is stored.
     *
     * @param readers runs what reads the storage and may block
     */
    Rankings(Changelog changelog, Executor readers) {
        this.changelog = changelog;
        this.readers = readers;
    }

    /** Has a new one read, if the window needs one. */
    void refill(Selection selection, LiveRanking live) {
        OptionalLong number = live.asks();
        if (number.isEmpty()) {
            return;
        }
        try {
            readers.execute(() -> read(selection, live, number.getAsLong()));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Stopping: a live window is not read", stopped);
        }
    }

    /** What fails here fails for the window's watchers as well, and they are told why. */
    private void read(Selection selection, LiveRanking live, long number) {
        try {
            Ranking ranking = present(selection);
            if (ranking == null) {
                live.fail(number);
            } else {
                live.take(number, ranking);
            }
        } catch (RuntimeException | OutOfMemoryError failure) {
            LOG.debug("A live window can't be read: {}", selection, failure);
            live.fail(number);
        }
    }

    private @Nullable Ranking present(Selection selection) {
        var reader = new RankingReader(selection);
        return changelog
                .storage()
                .read((Snapshot snapshot) -> reader.read(snapshot, snapshot.head()));
    }
}
