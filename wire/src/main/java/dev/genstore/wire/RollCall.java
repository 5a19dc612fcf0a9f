package dev.genstore.wire;

import io.netty.util.concurrent.Future;

import java.util.Comparator;
import java.util.List;

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

    private static final Comparator<WatcherReport> FURTHEST_FIRST =
            Comparator.comparingLong(WatcherReport::lagRevisions).reversed();

    /** Asks all loops. */
    static RollCall of(EveryLoop<LoopPeers> loops, int watchersMax) {
        List<Future<RollCall>> answers = loops.ask(peers -> peers.roll(watchersMax));
        List<RollCall> calls =
                answers.stream().filter(Future::isSuccess).map(Future::getNow).toList();
        return merged(calls, watchersMax, calls.size() == answers.size());
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
