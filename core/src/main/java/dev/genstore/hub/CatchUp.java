package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.Reading;
import dev.genstore.resource.Change;
import dev.genstore.resource.Position;
import dev.genstore.resource.Resource;
import dev.genstore.store.Snapshot;
import dev.genstore.store.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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
    private static final int SCAN_COUNT_MAX = 1_000;
    private static final long SCAN_WEIGHT_MAX = 1 << 20;

    private final Changelog changelog;
    private final InstantSource clock;

    public CatchUp(Changelog changelog, InstantSource clock) {
        this.changelog = changelog;
        this.clock = clock;
    }

    /** Where a watcher that starts so stands. */
    public Progress begin(Start start) {
        return switch (start) {
            case Start.Now ignored -> log(changelog.head());
            case Start.After after -> begin(after.position());
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
            case Progress.Lost lost -> reset(encoder, lost.reason());
            case Progress.State state -> present(encoder, watch, state, bytesMax);
            case Progress.Log log -> changes(encoder, watch, log, bytesMax);
        };
    }

    private Page reset(EventEncoder encoder, ResetReason reason) {
        Event reset = encoder.reset(reason, clock.millis());
        return new Page(List.of(reset), new Progress.State(0, 0, changelog.head()), false);
    }

    private Page present(EventEncoder encoder, Watch watch, Progress.State state, int bytesMax) {
        int countMax = 1 + bytesMax / 256;
        List<Resource> resources = changelog
                .storage()
                .read(snapshot -> snapshot.state(
                        watch.target(), state.revision(), state.through(), countMax));
        var events = new ArrayList<Event>();
        long told = state.told();
        int bytes = 0;
        for (Resource resource : resources) {
            if (bytes >= bytesMax) {
                return new Page(events, new Progress.State(told, told, state.through()), false);
            }
            Event event = encoder.present(resource, told);
            events.add(event);
            bytes += event.json().length;
            told = resource.revision();
        }
        boolean more = resources.size() == countMax;
        return new Page(
                events,
                more ? new Progress.State(told, told, state.through()) : behind(state, told),
                false);
    }

    private Progress behind(Progress.State state, long told) {
        long now = changelog.storage().read(Snapshot::head);
        return new Progress.Log(state.through(), told, now);
    }

    private Page changes(EventEncoder encoder, Watch watch, Progress.Log log, int bytesMax) {
        return switch (changelog.after(log.revision(), SCAN_COUNT_MAX, SCAN_WEIGHT_MAX)) {
            case Reading.Gone ignored -> reset(encoder, ResetReason.HISTORY_GONE);
            case Reading.Changes changes ->
                changes(encoder, watch, log, bytesMax, changes.changes());
        };
    }

    private Page changes(
            EventEncoder encoder,
            Watch watch,
            Progress.Log log,
            int bytesMax,
            List<Change> changes) {
        var events = new ArrayList<Event>();
        long told = log.told();
        long revision = log.revision();
        int bytes = 0;
        for (Change change : changes) {
            if (bytes >= bytesMax) {
                break;
            }
            revision = change.revision();
            if (watch.target().covers(change.collection(), change.id())) {
                boolean inFull = revision <= log.fullThrough();
                Event event =
                        inFull ? encoder.changeInFull(change, told) : encoder.change(change, told);
                events.add(event);
                bytes += event.json().length;
                told = revision;
            }
        }
        boolean atHead = revision >= changelog.head();
        return new Page(events, new Progress.Log(revision, told, log.fullThrough()), atHead);
    }
}
