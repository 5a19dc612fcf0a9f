package dev.genstore.hub;

import dev.genstore.resource.Change;
import dev.genstore.resource.Samples;
import dev.genstore.resource.Target;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What it costs to find the one watch that a change belongs to among many of other resources. */
@State(Scope.Thread)
public class MatchBench {
    /** Few enough to be in the caches themselves, so that only the index grows. */
    private static final int CHANGES = 1 << 8;

    @Param({"100", "10000", "100000"})
    public int watches;

    private final WatchIndex index = new WatchIndex();
    private final List<Change> changes = new ArrayList<>();
    private final List<Topic> matching = new ArrayList<>();
    private int turn;

    @Setup
    public void fill() {
        for (int i = 0; i < watches; i++) {
            index.topic(new Target.Single("notes", "n" + i));
        }
        var random = new Random(1);
        for (int i = 0; i < CHANGES; i++) {
            changes.add(Samples.change("n" + random.nextInt(watches), i + 1));
        }
    }

    @Benchmark
    public int change() {
        matching.clear();
        index.match(changes.get(turn++ & (CHANGES - 1)), matching);
        return matching.size();
    }
}
