package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.changelog.Changelog;
import dev.genstore.checks.harness.Settings;
import dev.genstore.store.Retention;
import dev.genstore.wire.Transport;

import io.netty.util.internal.PlatformDependent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A slow watcher costs a position: it misses nothing, and nobody else notices it. */
class SlowWatchersTest {
    private static final Changelog.Memory LARGE = Changelog.Memory.DEFAULT;
    private static final Changelog.Memory SMALL = new Changelog.Memory(1024, 200_000);
    private static final int EVENT_BYTES = 100_000;

    @TempDir
    private Path folder;

    @Test
    void nobody_waits_for_one_that_reads_slowly_or_not_at_all() {
        int count = 80;
        try (var server = start(SMALL, Retention.DEFAULT);
                Watching fast = Watching.begin(server.connect(), Transport.WEBSOCKET);
                Watching slow = Watching.begin(server.connectNarrow(), Transport.WEBSOCKET);
                Watching stalled = Watching.begin(server.connectNarrow(), Transport.WEBSOCKET)) {
            var seenBySlow = new ArrayList<Told>();
            for (int revision = 1; revision <= count; revision++) {
                server.create("notes", EVENT_BYTES);
                assertThat(fast.next().revision()).isEqualTo(revision);
                if (revision % 8 == 0) {
                    seenBySlow.add(slow.next());
                }
            }
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().watchLagRevisionsMax() > 0);
            seenBySlow.addAll(slow.upTo(count));
            assertThat(revisions(seenBySlow)).containsExactlyElementsOf(upTo(count));
            assertThat(revisions(stalled.upTo(count))).containsExactlyElementsOf(upTo(count));
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().watchLagRevisionsMax() == 0);
        }
    }

    /** The window of a watch is 4 MiB; behind it comes what the log has in memory, then the store. */
    @ParameterizedTest(name = "{0} with {1} events")
    @CsvSource({
        "WEBSOCKET, 30, true", "WEBSOCKET, 80, true", "WEBSOCKET, 80, false",
        "SSE, 30, true", "SSE, 80, true", "SSE, 80, false",
        "NDJSON, 30, true", "NDJSON, 80, true", "NDJSON, 80, false"
    })
    void who_reads_late_gets_everything_once_and_in_order(
            Transport transport, int count, boolean inMemory) {
        try (var server = start(inMemory ? LARGE : SMALL, Retention.DEFAULT);
                Watching slow = Watching.begin(server.connectNarrow(), transport)) {
            server.create("notes", count, EVENT_BYTES);
            assertThat(revisions(slow.upTo(count))).containsExactlyElementsOf(upTo(count));
            server.create("notes", 1);
            assertThat(slow.upTo(count + 1)).last().extracting(Told::type).isEqualTo("created");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "SSE", "NDJSON"})
    void who_is_overtaken_by_retention_is_reset_and_told_the_state(Transport transport) {
        int count = 80;
        int resources = 5;
        try (var server = start(SMALL, new Retention(Duration.ofDays(7), 10));
                Watching slow = Watching.begin(server.connectNarrow(), transport)) {
            for (int i = 0; i < count; i++) {
                server.replace("notes", "n" + i % resources, EVENT_BYTES, i);
            }
            List<Told> told = slow.upTo(count);
            int reset = resetIn(told);
            assertThat(revisions(told.subList(0, reset))).containsExactlyElementsOf(upTo(reset));
            assertThat(told.get(reset)).isEqualTo(new Told("reset", 0, "history-gone"));
            assertThat(told.subList(reset + 1, told.size()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(count - resources + 1, count)
                            .mapToObj(revision -> new Told("created", revision, ""))
                            .toList());
            assertThat(slow.next()).isEqualTo(new Told("synced", count, ""));
        }
    }

    private static int resetIn(List<Told> told) {
        return told.stream().map(Told::type).toList().indexOf("reset");
    }

    @Test
    void fifty_stalled_watchers_cost_no_memory_for_what_they_have_not_read() {
        int count = 200;
        try (var server = start(SMALL, Retention.DEFAULT);
                var stalled = Crowd.of(server, fifty())) {
            long before = memoryBytes();
            server.create("notes", count, EVENT_BYTES);
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().watchLagRevisionsMax() > count / 2);
            await().atMost(CountedServer.PATIENCE).until(() -> memoryBytes() - before < 30_000_000);
            assertThat(revisions(stalled.members().getLast().upTo(count)))
                    .containsExactlyElementsOf(upTo(count));
        }
    }

    private static Stream<Transport> fifty() {
        return Stream.generate(() -> List.of(Transport.WEBSOCKET, Transport.NDJSON))
                .flatMap(List::stream)
                .limit(50);
    }

    /** What is in use: on the heap, by buffers of the platform, and by those of Netty. */
    private static long memoryBytes() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + buffers + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private CountedServer start(Changelog.Memory memory, Retention retention) {
        return CountedServer.start(
                folder,
                Settings.defaults(),
                builder -> builder.memory(memory).retention(retention));
    }

    /** Those of the changes. */
    private static List<Long> revisions(List<Told> events) {
        return events.stream().filter(Told::isChange).map(Told::revision).toList();
    }

    private static List<Long> upTo(long revision) {
        return LongStream.rangeClosed(1, revision).boxed().toList();
    }
}
