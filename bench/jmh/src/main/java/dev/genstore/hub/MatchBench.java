package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Term;
import dev.genstore.resource.Change;
import dev.genstore.resource.Samples;
import dev.genstore.resource.Target;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What it costs to find the one watch that a change belongs to: among many of other resources, and
 * among many of the same collection with other filters ({@code owner == "n7"}).
 */
@State(Scope.Thread)
public class MatchBench {
    /** Few enough to be in the caches themselves, so that only the index grows. */
    private static final int CHANGES = 1 << 8;

    @Param({"100", "10000", "100000"})
    public int watches;

    private final WatchIndex singles = new WatchIndex(new RankingMemory(1 << 30));
    private final WatchIndex filters = new WatchIndex(new RankingMemory(1 << 30));
    private final List<Change> changes = new ArrayList<>();
    private int turn;

    @Setup
    public void fill() {
        var notes = new Target.InCollection("notes");
        for (int i = 0; i < watches; i++) {
            singles.topic(Selection.of(new Target.Single("notes", "n" + i)));
            filters.topic(new Selection(notes, ownedBy("n" + i), Fields.ALL));
        }
        var random = new Random(1);
        for (int i = 0; i < CHANGES; i++) {
            String owner = "n" + random.nextInt(watches);
            changes.add(Samples.change(owner, i + 1, owner));
        }
    }

    private static Filter ownedBy(String owner) {
        return Filter.of(new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("owner"),
                new Term.Constant(StringNode.valueOf(owner))));
    }

    @Benchmark
    public int single() {
        return singles.candidates(new Transition(next())).size();
    }

    /** The change is parsed for it, and the filter that was found is tried. */
    @Benchmark
    public int filter() {
        var transition = new Transition(next());
        int seen = 0;
        for (Topic topic : filters.candidates(transition)) {
            seen += transition.seenThrough(topic.target(), topic.filter()) == null ? 0 : 1;
        }
        return seen;
    }

    private Change next() {
        return changes.get(turn++ & (CHANGES - 1));
    }
}
