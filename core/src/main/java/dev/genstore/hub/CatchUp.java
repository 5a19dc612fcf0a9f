package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.query.Selection;
import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Position;
import dev.genstore.resource.Resource;
import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads what a watcher has missed, page by page, from the log and, after a reset, from the present
 * state.
 *
 * <p>A reset is told in order of revision from the state as it was at one revision; what has changed
 * since then moved behind it and comes from the log, whole, as its watcher may never have been told
 * the state that a patch goes against.
 *
 * <p>Thread-safe; all methods that read may block.
 */
public final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int SCAN_COUNT_MAX = 4_096;
    private static final long SCAN_WEIGHT_MAX = 8 << 20;
    static final int SLICE_COUNT_MAX = 128;

    private final Changelog changelog;
    private final InstantSource clock;

    public CatchUp(Changelog changelog, InstantSource clock) {
        this.changelog = changelog;
        this.clock = clock;
    }

    /** Where a watcher that starts so stands. Who watches a window now is told what it shows. */
    public Progress begin(Selection selection, Start start) {
        return selection.top() != null && start instanceof Start.Now
                ? new Progress.State(0, 0, changelog.head())
                : begin(start);
    }

    /** Where a watcher of something that is no window stands. */
    public Progress begin(Start start) {
        return switch (start) {
            case Start.Now ignored -> log(changelog.head());
            case Start.After after -> begin(after.position());
            case Start.Between between -> between(between.position());
            case Start.AfterTime after -> new Progress.Searching(after.timeMillis());
            case Start.Anew anew -> anew(anew.position());
        };
    }

    private Progress begin(Position position) {
        if (!position.isOf(changelog.epoch())) {
            return new Progress.Lost(ResetReason.OTHER_EPOCH);
        }
        if (position.revision() > changelog.head()) {
            return new Progress.Lost(ResetReason.AHEAD);
        }
        return log(position.revision());
    }

    /** What else may be wrong with its position says more. */
    private Progress anew(Position position) {
        return begin(position) instanceof Progress.Lost lost
                ? lost
                : new Progress.Lost(ResetReason.RULES_CHANGED);
    }

    private Progress between(Position position) {
        Progress known = begin(position);
        return known instanceof Progress.Log(long revision, long told, long fullThrough)
                ? revision < changelog.head()
                        ? new Progress.Between(revision)
                        : new Progress.Lost(ResetReason.AHEAD)
                : known;
    }

    /**
     * Makes sure that what is selected can be told.
     *
     * @throws dev.genstore.resource.Problem when it is a live window that needs more than may be read
     *     for it, or when it can't be read
     */
    public void require(Selection selection) {
        if (selection.top() == null) {
            return;
        }
        var reader = new RankingReader(selection);
        try {
            changelog.storage().read((Snapshot snapshot) -> reader.read(snapshot, snapshot.head()));
        } catch (StorageException failure) {
            LOG.error("{} can't be read", selection.target().path(), failure);
            throw failure.problem();
        }
    }

    /** Somebody who has been told of everything up to this revision. */
    static Progress.Log log(long revision) {
        return new Progress.Log(revision, revision, 0);
    }

    /**
     * The next piece.
     *
     * @param bytesMax how much JSON it may have; it has one event at least if there is one
     * @throws dev.genstore.resource.Problem when it can't be read or is damaged
     */
    public Page next(Watch watch, Progress progress, int bytesMax) {
        try {
            return read(watch, progress, bytesMax);
        } catch (StorageException failure) {
            LOG.error("What {} has missed can't be read", watch.target().path(), failure);
            throw failure.problem();
        }
    }

    private Page read(Watch watch, Progress progress, int bytesMax) {
        var encoder = new EventEncoder(changelog.epoch(), watch);
        return switch (progress) {
            case Progress.Searching searching -> found(encoder, searching);
            case Progress.Lost lost -> reset(encoder, lost.reason());
            case Progress.State state ->
                isWindow(watch)
                        ? orReset(encoder, window(encoder, watch, bytesMax).present(state))
                        : present(encoder, watch, state, bytesMax);
            case Progress.Log log ->
                isWindow(watch)
                        ? orReset(encoder, window(encoder, watch, bytesMax).changes(log))
                        : changes(encoder, watch, log, bytesMax);
            case Progress.Between between ->
                isWindow(watch)
                        ? orReset(encoder, window(encoder, watch, bytesMax).changes(between))
                        : changes(encoder, watch, log(between.revision()), bytesMax);
        };
    }

    private static boolean isWindow(Watch watch) {
        return watch.selection().top() != null;
    }

    private RankingCatchUp window(EventEncoder encoder, Watch watch, int bytesMax) {
        return new RankingCatchUp(changelog, encoder, watch.selection(), bytesMax);
    }

    private Page orReset(EventEncoder encoder, @Nullable Page page) {
        return page == null ? reset(encoder, ResetReason.HISTORY_GONE) : page;
    }

    private Page reset(EventEncoder encoder, ResetReason reason) {
        Event reset = encoder.reset(reason, clock.millis());
        return new Page(List.of(reset), new Progress.State(0, 0, changelog.head()), false);
    }

    /** What is committed and not told yet comes as well: nobody can have been told of it by then. */
    private Page found(EventEncoder encoder, Progress.Searching searching) {
        OptionalLong revision =
                changelog.storage().read(snapshot -> snapshot.revisionAt(searching.timeMillis()));
        return revision.isEmpty()
                ? reset(encoder, ResetReason.HISTORY_GONE)
                : new Page(List.of(), log(Math.min(revision.getAsLong(), changelog.head())), false);
    }

    /** Reads slice by slice, like {@link #changes}. */
    private Page present(EventEncoder encoder, Watch watch, Progress.State state, int bytesMax) {
        var page = new PageBuilder(state.told(), bytesMax);
        var scan = new Scan(state.revision());
        while (!page.isFull() && scan.hasMore()) {
            List<Resource> resources = slice(watch, scan.revision(), state.through(), bytesMax);
            if (resources.isEmpty()) {
                return scan.revision() == state.revision()
                        ? behind(state)
                        : page.page(told(page, scan, state), false);
            }
            for (Resource resource : resources) {
                if (!page.isFull()) {
                    scan.look(resource.revision(), resource.weightBytes());
                    add(Transition.toPresent(resource), encoder, watch, state.through(), page);
                }
            }
        }
        return page.page(told(page, scan, state), false);
    }

    private List<Resource> slice(Watch watch, long after, long through, int bytesMax) {
        return changelog
                .storage()
                .read(snapshot ->
                        snapshot.state(watch.target(), after, through, SLICE_COUNT_MAX, bytesMax));
    }

    private static Progress told(PageBuilder page, Scan scan, Progress.State state) {
        return new Progress.State(scan.revision(), page.told(), state.through());
    }

    /** The state is told; the log goes on where it was taken. */
    private Page behind(Progress.State state) {
        long now = changelog.storage().read(Snapshot::head);
        return new Page(List.of(), new Progress.Log(state.through(), state.told(), now), false);
    }

    /** Reads the log slice by slice, so that little is read twice and a rare match is still found. */
    private Page changes(EventEncoder encoder, Watch watch, Progress.Log log, int bytesMax) {
        var page = new PageBuilder(log.told(), bytesMax);
        var scan = new Scan(log.revision());
        while (!page.isFull() && scan.hasMore() && scan.revision() < changelog.head()) {
            Reading reading = changelog.after(scan.revision(), SLICE_COUNT_MAX, bytesMax);
            boolean isKnown = !reading.entries().isEmpty()
                    && tell(reading.entries(), encoder, watch, log.fullThrough(), page, scan);
            if (!isKnown) {
                return gone(encoder, log, page, scan.revision());
            }
        }
        var progress = new Progress.Log(scan.revision(), page.told(), log.fullThrough());
        return page.page(progress, scan.revision() >= changelog.head());
    }

    /** Tells what the page has room for; returns whether all of that is known. */
    private static boolean tell(
            List<? extends LogEntry> entries,
            EventEncoder encoder,
            Watch watch,
            long fullThrough,
            PageBuilder page,
            Scan scan) {
        for (LogEntry entry : entries) {
            if (page.isFull()) {
                return true;
            }
            if (isLost(entry, watch.selection())) {
                return false;
            }
            scan.look(entry.revision(), entry.weightBytes());
            if (entry instanceof Change change) {
                add(new Transition(change), encoder, watch, fullThrough, page);
            }
            if (entry.revision() > fullThrough && entry.endsBatchOf(page.told())) {
                page.add(encoder.endOfBatch(entry), entry.revision());
            }
        }
        return true;
    }

    /** Whether nobody knows any more what it was to who watches this. */
    static boolean isLost(LogEntry entry, Selection selection) {
        return entry instanceof CutChange cut && selection.mayMiss(cut.collection(), cut.id());
    }

    /** What was read before retention came is told; the next page begins with the reset. */
    private Page gone(EventEncoder encoder, Progress.Log log, PageBuilder page, long revision) {
        if (revision == log.revision()) {
            return reset(encoder, ResetReason.HISTORY_GONE);
        }
        return page.page(new Progress.Log(revision, page.told(), log.fullThrough()), false);
    }

    /** Adds what is watched. */
    private static void add(
            Transition transition,
            EventEncoder encoder,
            Watch watch,
            long fullThrough,
            PageBuilder page) {
        Sight sight = transition.seenThrough(watch.target(), watch.filter());
        if (sight != null) {
            Event event = sight.revision() <= fullThrough
                    ? encoder.changeInFull(sight, page.told())
                    : encoder.change(sight, page.told());
            page.add(event, sight.revision());
        }
    }

    /** How far one page has looked: it ends even where nothing is found. Confined to one reading. */
    static final class Scan {
        private final long begin;
        private long revision;
        private int count;
        private long weight;

        Scan(long revision) {
            this.begin = revision;
            this.revision = revision;
        }

        /** Whether nothing was looked at yet. */
        boolean isAtBegin() {
            return revision == begin;
        }

        void look(long seen, int weightBytes) {
            revision = seen;
            weight += weightBytes;
            count++;
        }

        /** The last revision that was looked at. */
        long revision() {
            return revision;
        }

        boolean hasMore() {
            return count < SCAN_COUNT_MAX && weight < SCAN_WEIGHT_MAX;
        }
    }
}
