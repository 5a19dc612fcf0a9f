package dev.genstore.changelog;

import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Samples;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to put a change into the ring of the recent ones, which drops the oldest for it. */
@State(Scope.Thread)
public class RecentChangesBench {
    private static final Resource AFTER = Samples.resource("n1", 1);

    private final RecentChanges recent = new RecentChanges(
            0, Changelog.Memory.DEFAULT.countMax(), Changelog.Memory.DEFAULT.weightMax());

    @Benchmark
    public long append() {
        recent.add(new Change(recent.head() + 1, AFTER.updatedMillis(), null, AFTER, null));
        return recent.head();
    }
}
