package dev.genstore.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Change;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One thread adds as fast as it can, others chase it. */
@Timeout(60)
class RecentChangesRaceTest {
    private static final long COUNT = 300_000;
    private static final int READERS = 3;

    @Test
    void a_reader_gets_every_change_in_order_or_is_told_that_it_fell_behind() throws Exception {
        var recent = new RecentChanges(0, 64, 12_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 1; i <= READERS; i++) {
                int countMax = 7 * i;
                readers.add(threads.submit(() -> chase(recent, countMax)));
            }
            add(recent);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo(COUNT);
            }
        }
    }

    private static void add(RecentChanges recent) {
        for (long revision = 1; revision <= COUNT; revision++) {
            var after = new Resource("notes", "1", revision, 0, 0, Json.EMPTY);
            recent.add(new Change(revision, 0, null, after, null));
        }
    }

    /** Returns the last revision, having seen that nothing was left out on the way. */
    private static long chase(RecentChanges recent, int countMax) {
        long position = 0;
        while (position < COUNT) {
            long head = recent.head();
            List<Change> changes = recent.after(position, countMax);
            if (changes == null) {
                assertThat(recent.head()).as("where something is lost").isGreaterThan(position);
                position = recent.head();
            } else {
                assertThat(!changes.isEmpty() || head <= position)
                        .as("there is something between %d and %d", position, head)
                        .isTrue();
                position = follow(changes, position);
            }
        }
        return position;
    }

    private static long follow(List<Change> changes, long position) {
        long last = position;
        for (Change change : changes) {
            if (change.revision() != last + 1) {
                throw new AssertionError(change.revision() + " came behind " + last);
            }
            last = change.revision();
        }
        return last;
    }
}
