package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.query.Place;
import dev.genstore.query.SortValue;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.SnapshotOver;
import dev.genstore.testkit.StorageOver;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Live windows for which too much would have to be read, on every way to watch them. */
class WindowLimitsTest {
    private static final String WINDOW = "/api/games?status=rare&sort=-score&limit=5";

    private final ManualClock clock = new ManualClock();
    private final Storage storage = new MemoryDisk(new Random(1)).open();

    @ParameterizedTest
    @EnumSource
    void one_whose_resources_are_too_heavy_is_refused(FollowBy by) throws IOException {
        try (PartsServer server = PartsServer.start(storage, clock)) {
            String heavy = "{\"status\":\"rare\",\"text\":\"" + "x".repeat(1_000_000) + "\"}";
            for (int i = 0; i < 6; i++) {
                server.resources().create("games", heavy.getBytes(UTF_8));
            }
            assertRefused(by, server, "invalid-parameter");
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_a_million_resources_are_looked_at_for_is_refused(FollowBy by) throws IOException {
        var looked = new AtomicLong();
        try (PartsServer server = PartsServer.start(new Rare(storage, looked), clock)) {
            assertRefused(by, server, "needs-index");
            assertThat(looked).hasValue(1_000_000);
        }
    }

    private static void assertRefused(FollowBy by, PartsServer server, String problem) {
        assertThatThrownBy(() -> by.follow(server.port(), WINDOW, ""))
                .isInstanceOf(Follower.Refused.class)
                .hasMessageContaining("/problems/" + problem);
    }

    /** A storage in whose collections nothing is found, however much is looked at. */
    private static final class Rare extends StorageOver {
        private final AtomicLong looked;

        Rare(Storage real, AtomicLong looked) {
            super(real);
            this.looked = looked;
        }

        @Override
        protected Snapshot seen(Snapshot snapshot) {
            return new SnapshotOver(snapshot) {
                @Override
                public ListPage list(ListQuery query) {
                    int scanned = query.bounds().scanMax();
                    looked.addAndGet(scanned);
                    var place = new Place(List.of(new SortValue.Whole(1)), "x");
                    return new ListPage(List.of(), scanned, place);
                }
            };
        }
    }
}
