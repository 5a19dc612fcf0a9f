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
import dev.genstore.router.Query;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page of changes as a CloudEvents batch, with a link to the next one; it waits for a change if
 * there is none and the client has patience. Thread-safe.
 */
public final class ChangesPage {
    private static final int PAGE_BYTES_MAX = 256 << 10;

    /** So often the log is read for a filter that finds nothing, when the client does not wait. */
    private static final int SCANS_MAX = 16;

    /** What says where a page begins and how it tells; the rest says what is watched. */
    private static final Set<String> ASKING = Set.of("since", "data", "cursor");

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
    public Progress begin(Watch watch, Start start) {
        return catchUp.begin(watch.selection(), start);
    }

    /**
     * Makes sure that a watch can be told; may block.
     *
     * @throws dev.genstore.resource.Problem when it is a live window that can't be read
     */
    public void require(Watch watch) {
        catchUp.require(watch.selection());
    }

    /**
     * Answers; blocks at most as long as the patience lasts. A page may be empty and its link lead on
     * all the same: when a filter has found nothing in much of the log.
     *
     * @throws dev.genstore.resource.Problem when the changes can't be read
     */
    public Reply answer(Request request, Watch watch, Progress from, Patience patience) {
        try (var waiter = new ChangeWaiter(hub, watch.selection())) {
            Page page = catchUp.next(watch, from, PAGE_BYTES_MAX);
            int scans = 1;
            while (page.events().isEmpty() && goesOn(page, scans, patience, waiter)) {
                page = catchUp.next(watch, page.progress(), PAGE_BYTES_MAX);
                scans++;
            }
            return reply(request, watch, page);
        }
    }

    private static boolean goesOn(Page page, int scans, Patience patience, ChangeWaiter waiter) {
        if (page.atHead()) {
            return patience.awaitChange(waiter);
        }
        return patience.isLeft() || (scans < SCANS_MAX && !patience.isOver());
    }

    private Reply reply(Request request, Watch watch, Page page) {
        return Reply.of(200, mediaType, array(page.events()))
                .with("Link", "<" + next(request, watch, page.progress()) + ">; rel=\"next\"")
                .with("Cache-Control", "no-store");
    }

    private String next(Request request, Watch watch, Progress progress) {
        String data =
                watch.data() == DataMode.FULL ? "" : "&data=" + watch.data().parameter();
        return request.path() + "?since=" + new Position(epoch, told(progress)) + data
                + selection(request.query()) + ProgressCursor.parameter(progress);
    }

    private static String selection(Query query) {
        return query.names().stream()
                .filter(name -> !ASKING.contains(name))
                .map(name -> "&" + encode(name) + "=" + encode(query.value(name).orElse("")))
                .collect(Collectors.joining());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
