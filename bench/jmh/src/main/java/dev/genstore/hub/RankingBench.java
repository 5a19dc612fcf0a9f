package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Sort;
import dev.genstore.query.Term;
import dev.genstore.query.Top;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
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
import java.util.Objects;
import java.util.Random;

/**
 * What a change costs where the first ten of each owner are watched ({@code owner=n7&sort=-score}): the
 * one window that it belongs to is found, and what it does to that. The change gives a resource another
 * score, so that it moves in the window, enters or leaves.
 */
@State(Scope.Thread)
public class RankingBench {
    private static final Target NOTES = new Target.InCollection("notes");
    private static final Top BEST = new Top(Sort.parse("-score"), 10);
    private static final int OF_EACH = 20;

    @Param({"10", "1000"})
    public int watches;

    private final WatchIndex index = new WatchIndex(new RankingMemory(1 << 30));
    private final Random random = new Random(1);
    private Resource[] present = {};
    private long revision;

    @Setup
    public void fill() {
        present = new Resource[watches * OF_EACH];
        for (int i = 0; i < watches; i++) {
            List<Resource> own = new ArrayList<>();
            for (int j = 0; j < OF_EACH; j++) {
                own.add(scored(i * OF_EACH + j));
            }
            open(i, own);
        }
    }

    private void open(int owner, List<Resource> own) {
        var watched = new Selection(NOTES, ownedBy("n" + owner), Fields.ALL, BEST);
        LiveRanking ranking = ranking(index.topic(watched));
        long number = ranking.asks().orElseThrow();
        ranking.take(number, new Ranking(watched, revision, own, null));
    }

    private static LiveRanking ranking(Topic topic) {
        return Objects.requireNonNull(topic.ranking());
    }

    private static Filter ownedBy(String owner) {
        return Filter.of(new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("owner"),
                new Term.Constant(StringNode.valueOf(owner))));
    }

    private Resource scored(int number) {
        revision++;
        Resource made = Samples.scored(
                "r" + number, revision, "n" + number / OF_EACH, random.nextInt(1_000));
        present[number] = made;
        return made;
    }

    @Benchmark
    public int window() {
        int number = random.nextInt(present.length);
        Resource before = present[number];
        Resource after = scored(number);
        var transition = new Transition(
                new Change(after.revision(), after.updatedMillis(), before, after, null));
        int told = 0;
        for (Topic topic : index.candidates(transition)) {
            told += ranking(topic).see(transition).orElseThrow().size();
        }
        return told;
    }
}
