package dev.genstore.wire.longpoll;

import dev.genstore.hub.CatchUp;
import dev.genstore.hub.ChangeWaiter;
import dev.genstore.hub.DataMode;
import dev.genstore.hub.Hub;
import dev.genstore.hub.Page;
import dev.genstore.hub.Progress;
import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.query.Selection;
import dev.genstore.query.View;
import dev.genstore.resource.Position;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Router;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The snapshot as soon as it differs from what the client has, or 304. What changed only where a
 * filter does not look makes no difference.
 *
 * <p>Thread-safe.
 */
public final class SnapshotPoll {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");

    /** So often the log is read to find out whether something changed; then it is taken for granted. */
    private static final int SCANS_MAX = 16;

    private final Router router;
    private final Hub hub;
    private final CatchUp catchUp;
    private final String epoch;

    public SnapshotPoll(Router router, Hub hub, CatchUp catchUp, String epoch) {
        this.router = router;
        this.hub = hub;
        this.catchUp = catchUp;
        this.epoch = epoch;
    }

    /**
     * Answers; blocks at most as long as the patience lasts.
     *
     * @param view what is seen: who has a position from before it was so is answered at once
     */
    public Reply answer(Request request, View view, Patience patience) {
        Selection selection = view.selection();
        Position known = newest(request.headers().joined("If-None-Match").orElse(""));
        try (var waiter = new ChangeWaiter(hub, selection)) {
            Reply reply = router.answer(request);
            boolean isNews = isNews(reply, view, known);
            while (!isNews && patience.awaitChange(waiter)) {
                reply = router.answer(request);
                isNews = isNews(reply, view, known);
            }
            return isNews ? reply : notModified(reply);
        }
    }

    private boolean isNews(Reply reply, View view, @Nullable Position known) {
        Selection selection = view.selection();
        boolean isOther = known == null || known.revision() < view.since();
        if (reply.status() != OK || isWhole(selection) || known == null || isOther) {
            return reply.status() != NOT_MODIFIED;
        }
        Position present = newest(reply.headers().joined("ETag").orElse(""));
        return present == null
                || hasChanged(new Watch(selection, DataMode.NONE), known, present.revision());
    }

    /** Whether it shows all that there is, so that whatever changes is news. */
    private static boolean isWhole(Selection selection) {
        return selection.filter().isAll() && selection.top() == null;
    }

    /** Whether anything that is watched has changed behind a position, up to a revision. */
    private boolean hasChanged(Watch watch, Position behind, long through) {
        Progress progress = catchUp.begin(new Start.After(behind));
        for (int scans = 0; scans < SCANS_MAX; scans++) {
            if (progress instanceof Progress.Log log && log.revision() >= through) {
                return false;
            }
            Page page = catchUp.next(watch, progress, 1);
            progress = page.progress();
            if (!page.events().isEmpty()) {
                return !(progress instanceof Progress.Log log) || log.told() <= through;
            }
        }
        return true;
    }

    /** The newest position of this history among some entity tags. */
    private @Nullable Position newest(String tags) {
        return TAG.matcher(tags)
                .results()
                .map(tag -> Optional.ofNullable(Position.parse(tag.group(1))))
                .flatMap(Optional::stream)
                .filter(position -> position.isOf(epoch))
                .max(Comparator.comparingLong(Position::revision))
                .orElse(null);
    }

    /** The client goes on with the newer tag, so that the log between the two is not read again. */
    private static Reply notModified(Reply reply) {
        if (reply.status() == NOT_MODIFIED) {
            return reply;
        }
        Reply bare = Reply.of(NOT_MODIFIED)
                .telling(reply.effect())
                .with("ETag", reply.headers().first("ETag").orElseThrow())
                .with("Vary", "Accept")
                .with("Cache-Control", "no-cache");
        return reply.headers().all("Vary").contains("Authorization")
                ? bare.with("Vary", "Authorization")
                : bare;
    }
}
