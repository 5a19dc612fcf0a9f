package dev.genstore.checks.promise;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.checks.harness.FollowBy;
import dev.genstore.checks.harness.Follower;
import dev.genstore.checks.harness.PartsServer;
import dev.genstore.checks.harness.Told;
import dev.genstore.store.Precondition;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.StorageOver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Many watchers that come back at once, and how often the storage is read for them. */
@Timeout(120)
class ReturnTest {
    private static final int WATCHERS = 200;
    private static final String NOTES = "/api/notes?data=none";

    private final MemoryDisk disk = new MemoryDisk(new Random(1));

    /** Counts how often it is read. */
    private static final class CountedStorage extends StorageOver {
        private final AtomicInteger reads = new AtomicInteger();

        CountedStorage(Storage storage) {
            super(storage);
        }

        int reads() {
            return reads.get();
        }

        @Override
        public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
            reads.incrementAndGet();
            return super.read(reading);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PAGES")
    void who_comes_back_to_what_is_still_in_memory_costs_no_reading(FollowBy by) throws Exception {
        var storage = new CountedStorage(disk.open());
        try (PartsServer server = PartsServer.start(storage, new ManualClock())) {
            List<Follower> live = followAll(server, by, each -> "");
            live.forEach(Follower::synced);
            put(server, 1, 10);
            live.forEach(ReturnTest::hearTen);
            String position = live.getFirst().position();
            live.forEach(Follower::close);
            put(server, 11, 20);
            int reads = storage.reads();
            List<Follower> back = followAll(server, by, each -> position);
            assertThat(hearAll(back)).containsOnly(range(11, 20));
            List<Follower> others = followAll(server, by, "/api/notes", each -> position);
            assertThat(hearAll(others)).containsOnly(range(11, 20));
            assertThat(storage.reads()).isEqualTo(reads);
            put(server, 21, 21);
            assertThat(back)
                    .allSatisfy(each -> assertThat(each.next().revision()).isEqualTo(21));
            back.forEach(Follower::close);
            others.forEach(Follower::close);
        }
    }

    private static void hearTen(Follower follower) {
        for (int revision = 1; revision <= 10; revision++) {
            assertThat(follower.next().revision()).isEqualTo(revision);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PAGES")
    void who_comes_back_to_what_is_only_stored_shares_the_readings_with_the_others(FollowBy by)
            throws Exception {
        String epoch = store(600);
        int alone = readsFor(by, 1, epoch);
        assertThat(alone).isPositive();
        assertThat(readsFor(by, WATCHERS, epoch)).isEqualTo(alone);
    }

    private int readsFor(FollowBy by, int watchers, String epoch) throws Exception {
        var storage = new CountedStorage(disk.open());
        try (PartsServer server = PartsServer.start(storage, new ManualClock())) {
            int reads = storage.reads();
            List<Follower> back = followAll(server, by, watchers, NOTES, each -> epoch + "-100");
            assertThat(hearAll(back)).containsOnly(range(101, 600));
            int taken = storage.reads() - reads;
            back.forEach(Follower::close);
            return taken;
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_from_elsewhere_than_the_others_is_told_everything_once(FollowBy by)
            throws Exception {
        String epoch = store(WATCHERS);
        try (PartsServer server = PartsServer.start(disk.open(), new ManualClock())) {
            List<Follower> back = followAll(server, by, each -> epoch + "-" + each);
            List<List<Long>> heard = hearAll(back);
            for (int since = 0; since < WATCHERS; since++) {
                assertThat(heard.get(since)).isEqualTo(range(since + 1, WATCHERS));
            }
            back.forEach(Follower::close);
        }
    }

    /** Changes of another life of the server, of which it has nothing in memory. */
    private String store(int changes) throws IOException {
        Storage storage = disk.open();
        try (PartsServer server = PartsServer.start(storage, new ManualClock())) {
            put(server, 1, changes);
            return storage.epoch();
        }
    }

    private static void put(PartsServer server, int first, int last) {
        for (int i = first; i <= last; i++) {
            byte[] json = ("{\"n\":" + i + "}").getBytes(UTF_8);
            server.resources().put("notes", "n" + i, json, Precondition.NONE);
        }
    }

    private static List<Follower> followAll(
            PartsServer server, FollowBy by, IntFunction<String> since) throws Exception {
        return followAll(server, by, NOTES, since);
    }

    private static List<Follower> followAll(
            PartsServer server, FollowBy by, String target, IntFunction<String> since)
            throws Exception {
        return followAll(server, by, WATCHERS, target, since);
    }

    private static List<Follower> followAll(
            PartsServer server, FollowBy by, int count, String target, IntFunction<String> since)
            throws Exception {
        return atOnce(
                IntStream.range(0, count).boxed().toList(),
                each -> by.follow(server.port(), target, since.apply(each)));
    }

    /** The revisions that each is told up to its first {@code synced}. */
    private static List<List<Long>> hearAll(List<Follower> followers) throws Exception {
        return atOnce(followers, ReturnTest::hear);
    }

    private static List<Long> hear(Follower follower) {
        var heard = new ArrayList<Long>();
        for (Told told = follower.next(); !told.isSynced(); told = follower.next()) {
            assertThat(told.isChange()).as("%s", told).isTrue();
            heard.add(told.revision());
        }
        return heard;
    }

    private static <T, R> List<R> atOnce(List<T> all, Function<T, R> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<R>>();
            for (T each : all) {
                running.add(threads.submit(() -> work.apply(each)));
            }
            var done = new ArrayList<R>();
            for (Future<R> each : running) {
                done.add(each.get());
            }
            return done;
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
