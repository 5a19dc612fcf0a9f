package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.query.Selection;
import dev.genstore.resource.Change;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/**
 * Reads what a watcher of a live window has missed. What the window showed where its watcher stands is
 * found by taking changes back, and then the log is followed from there, as the hub does it; where
 * that is too far back the watcher is reset.
 *
 * <p>The state behind a reset is the window at one revision, whatever has changed since, so that the
 * log goes on there as usual.
 *
 * <p>Confined to one reading.
 */
final class RankingCatchUp {
    private final Changelog changelog;
    private final EventEncoder encoder;
    private final Selection selection;
    private final RankingReader reader;
    private final int bytesMax;

    RankingCatchUp(Changelog changelog, EventEncoder encoder, Selection selection, int bytesMax) {
        this.changelog = changelog;
        this.encoder = encoder;
        this.selection = selection;
        this.reader = new RankingReader(selection);
        this.bytesMax = bytesMax;
    }

    /** What is there at the state's revision and was not told yet; null when that is not known. */
    @Nullable Page present(Progress.State state) {
        Ranking ranking = changelog.storage().read(snapshot -> at(snapshot, state.through()));
        if (ranking == null) {
            return null;
        }
        var page = new PageBuilder(state.told(), bytesMax);
        long revision = state.revision();
        for (Resource resource : behind(revision, ranking)) {
            if (page.isFull()) {
                var progress = new Progress.State(revision, page.told(), state.through());
                return page.page(progress, false);
            }
            revision = resource.revision();
            Sight sight = new Sight(Transition.toPresent(resource), Change.Kind.CREATED);
            page.add(encoder.change(sight, page.told()), revision);
        }
        return page.page(new Progress.Log(state.through(), page.told(), 0), false);
    }

    private static List<Resource> behind(long revision, Ranking ranking) {
        return ranking.shown().stream()
                .filter(resource -> resource.revision() > revision)
                .sorted(Comparator.comparingLong(Resource::revision))
                .toList();
    }

    private @Nullable Ranking at(Snapshot snapshot, long revision) {
        return revision > snapshot.head() ? null : reader.read(snapshot, revision);
    }

    /** What the log does to the window; null when it does not reach back so far. */
    @Nullable Page changes(Progress.Log log) {
        return changes(log, false);
    }

    /** The same behind the first of the two things that the next change does. */
    @Nullable Page changes(Progress.Between between) {
        return changes(new Progress.Log(between.revision(), between.revision(), 0), true);
    }

    private @Nullable Page changes(Progress.Log log, boolean isBetween) {
        long head = changelog.head();
        if (log.revision() >= head || isUnchanged(log.revision())) {
            long revision = Math.max(head, log.revision());
            return new Page(List.of(), new Progress.Log(revision, log.told(), 0), true);
        }
        Ranking ranking = changelog.storage().read(snapshot -> at(snapshot, log.revision()));
        return ranking == null ? null : follow(ranking, log, isBetween);
    }

    private boolean isUnchanged(long since) {
        return changelog.storage().read(snapshot -> reader.isUnchanged(snapshot, since));
    }

    private @Nullable Page follow(Ranking ranking, Progress.Log log, boolean isBetween) {
        var page = new PageBuilder(log.told(), bytesMax);
        var scan = new CatchUp.Scan(log.revision());
        boolean isKnown = true;
        while (isKnown && !page.isFull() && scan.hasMore() && scan.revision() < changelog.head()) {
            Reading reading = changelog.after(scan.revision(), CatchUp.SLICE_COUNT_MAX, bytesMax);
            isKnown = !reading.entries().isEmpty()
                    && tell(reading.entries(), ranking, scan, page, isBetween);
        }
        if (scan.revision() == log.revision()) {
            return null;
        }
        var progress = new Progress.Log(scan.revision(), page.told(), 0);
        return page.page(progress, scan.revision() >= changelog.head());
    }

    /** Whether the window is known behind them. */
    private boolean tell(
            List<? extends LogEntry> entries,
            Ranking ranking,
            CatchUp.Scan scan,
            PageBuilder page,
            boolean isBetween) {
        for (LogEntry entry : entries) {
            if (page.isFull()) {
                return true;
            }
            if (CatchUp.isLost(entry, selection)) {
                return false;
            }
            List<Sight> sights = see(entry, ranking);
            if (ranking.isExhausted()) {
                return false;
            }
            boolean isFirst = scan.isAtBegin();
            scan.look(entry.revision(), entry.weightBytes());
            List<Event> events = encoder.changes(sights, page.told());
            boolean isHalf = isBetween && isFirst && events.size() > 1;
            events.stream()
                    .skip(isHalf ? 1 : 0)
                    .forEach(event -> page.add(event, entry.revision()));
            if (entry.endsBatchOf(page.told())) {
                page.add(encoder.endOfBatch(entry), entry.revision());
            }
        }
        return true;
    }

    /** What is cut and of another collection does nothing to the window. */
    private static List<Sight> see(LogEntry entry, Ranking ranking) {
        return entry instanceof Change change ? ranking.see(new Transition(change)) : List.of();
    }
}
