package dev.genstore.wire.longpoll;

import dev.genstore.hub.CatchUp;
import dev.genstore.hub.ChangeWaiter;
import dev.genstore.hub.DataMode;
import dev.genstore.hub.Event;
import dev.genstore.hub.Hub;
import dev.genstore.hub.Page;
import dev.genstore.hub.Progress;
import dev.genstore.hub.Start;
import dev.genstore.hub.Watch;
import dev.genstore.resource.Position;
import dev.genstore.router.Reply;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A page of changes as a CloudEvents batch, with a link to the next one; it waits for a change if
 * there is none and the client has patience. Thread-safe.
 */
public final class ChangesPage {
    private static final int PAGE_BYTES_MAX = 256 << 10;

    private final CatchUp catchUp;
    private final Hub hub;
    private final String epoch;
    private final String mediaType;

    public ChangesPage(CatchUp catchUp, Hub hub, String epoch, String mediaType) {
        this.catchUp = catchUp;
        this.hub = hub;
        this.epoch = epoch;
        this.mediaType = mediaType;
    }

    /** Where a client that starts so stands. */
    public Progress begin(Start start) {
        return catchUp.begin(start);
    }

    /**
     * Answers; blocks at most as long as the patience lasts.
     *
     * @throws dev.genstore.resource.Problem when the changes can't be read
     */
    public Reply answer(Watch watch, Progress from, Patience patience) {
        try (var waiter = new ChangeWaiter(hub, watch.target())) {
            Page page = catchUp.next(watch, from, PAGE_BYTES_MAX);
            while (page.events().isEmpty() && (!page.atHead() || patience.awaitChange(waiter))) {
                page = catchUp.next(watch, page.progress(), PAGE_BYTES_MAX);
            }
            return reply(watch, page);
        }
    }

    private Reply reply(Watch watch, Page page) {
        return Reply.of(200, mediaType, array(page.events()))
                .with("Link", "<" + next(watch, page.progress()) + ">; rel=\"next\"")
                .with("Cache-Control", "no-store");
    }

    private String next(Watch watch, Progress progress) {
        String data =
                watch.data() == DataMode.FULL ? "" : "&data=" + watch.data().parameter();
        return watch.target().path() + "?since=" + new Position(epoch, told(progress)) + data
                + ProgressCursor.parameter(progress);
    }

    /** All up to here needs no telling again, even where the last event is older. */
    private static long told(Progress progress) {
        return progress instanceof Progress.Log log ? log.revision() : progress.told();
    }

    private static byte[] array(List<Event> events) {
        var json = new ByteArrayOutputStream();
        json.write('[');
        for (Event event : events) {
            if (json.size() > 1) {
                json.write(',');
            }
            json.writeBytes(event.json());
        }
        json.write(']');
        return json.toByteArray();
    }
}
