package dev.genstore.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Who watches, and who did until a short while ago. Each loop is asked, and looks through its own
 * connections; until then nothing is done for it, but that the last ends are remembered. Immutable.
 *
 * @param watchers those who are furthest behind, and those first
 * @param ends the last ones, the latest first
 * @param isWhole whether all loops have answered in time
 */
public record RollCall(List<WatcherReport> watchers, List<WatcherEnd> ends, boolean isWhole) {
    /** So many ends are told of, and remembered by each loop. */
    public static final int ENDS_MAX = 100;

    /** Nobody watches, and nobody did. */
    public static final RollCall NOBODY = new RollCall(List.of(), List.of(), true);

    private static final long PATIENCE_MILLIS = 2_000;
    private static final Comparator<WatcherReport> FURTHEST_FIRST =
            Comparator.comparingLong(WatcherReport::lagRevisions).reversed();

    /** Asks all loops. */
    static RollCall of(Map<EventExecutor, LoopPeers> peers, int watchersMax) {
        List<Future<RollCall>> answers = new ArrayList<>();
        peers.forEach((loop, its) -> {
            if (!loop.isShuttingDown()) {
                answers.add(loop.submit(() -> its.roll(watchersMax)));
            }
        });
        long deadlineNanos = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        List<RollCall> calls = answers.stream()
                .filter(answer -> isInTime(answer, deadlineNanos))
                .map(Future::getNow)
                .toList();
        return merged(calls, watchersMax, calls.size() == answers.size());
    }

    private static boolean isInTime(Future<?> answer, long deadlineNanos) {
        long leftMillis = Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000);
        return answer.awaitUninterruptibly(leftMillis) && answer.isSuccess();
    }

    private static RollCall merged(List<RollCall> calls, int watchersMax, boolean isWhole) {
        List<WatcherReport> watchers = calls.stream()
                .flatMap(call -> call.watchers.stream())
                .sorted(FURTHEST_FIRST)
                .limit(watchersMax)
                .toList();
        List<WatcherEnd> ends = calls.stream()
                .flatMap(call -> call.ends.stream())
                .sorted(Comparator.comparing(WatcherEnd::time).reversed())
                .limit(ENDS_MAX)
                .toList();
        return new RollCall(watchers, ends, isWhole);
    }
}
