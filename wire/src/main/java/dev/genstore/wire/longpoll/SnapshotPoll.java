package dev.genstore.wire.longpoll;

import dev.genstore.hub.ChangeWaiter;
import dev.genstore.hub.Hub;
import dev.genstore.resource.Target;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Router;

/** The snapshot as soon as it differs from what the client has, or 304. Thread-safe. */
public final class SnapshotPoll {
    private static final int NOT_MODIFIED = 304;

    private final Router router;
    private final Hub hub;

    public SnapshotPoll(Router router, Hub hub) {
        this.router = router;
        this.hub = hub;
    }

    /** Answers; blocks at most as long as the patience lasts. */
    public Reply answer(Request request, Target target, Patience patience) {
        try (var waiter = new ChangeWaiter(hub, target)) {
            Reply reply = router.answer(request);
            while (reply.status() == NOT_MODIFIED && patience.awaitChange(waiter)) {
                reply = router.answer(request);
            }
            return reply;
        }
    }
}
