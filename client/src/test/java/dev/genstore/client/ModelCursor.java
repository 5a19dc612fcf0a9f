package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection's way through a {@link ModelHistory}. Confined to one thread. */
final class ModelCursor {
    private static final Pattern SINCE = Pattern.compile("[?&]since=([a-z0-9]+)-(\\d+)(\\.1)?");

    private final ModelHistory history;
    private final ModelHistory.View view;
    private final Queue<ObjectNode> queue = new ArrayDeque<>();
    private int at;
    private boolean isSecond;
    private String prev;
    private boolean isTelling;
    private boolean wasSynced;

    ModelCursor(ModelHistory history, ModelHistory.View view, String path) {
        this.history = history;
        this.view = view;
        Matcher since = SINCE.matcher(path);
        at = history.head();
        prev = history.position(at);
        if (!since.find()) {
            return;
        }
        at = Integer.parseInt(since.group(2));
        isSecond = since.group(3) != null;
        prev = history.position(at) + (isSecond ? ".1" : "");
        if (!since.group(1).equals(history.epoch())) {
            reset("other-epoch");
        } else if (at > history.head()) {
            reset("ahead");
        }
    }

    private void reset(String reason) {
        at = history.head();
        isSecond = false;
        isTelling = true;
        wasSynced = false;
        queue.clear();
        queue.add(history.reset(reason));
        queue.addAll(history.tellState(view, at));
    }

    /**
     * The next event, or null when there is none yet. Pages have no {@code synced} but of batches.
     */
    @Nullable ObjectNode next(boolean isPage) {
        if (at < history.horizon() && !isTelling) {
            reset("history-gone");
        }
        while (queue.isEmpty() && at < history.head()) {
            at++;
            read(at);
        }
        if (queue.isEmpty() && !wasSynced) {
            wasSynced = true;
            isTelling = false;
            return isPage ? null : history.synced(at);
        }
        ObjectNode next = queue.poll();
        return next == null ? null : chained(next);
    }

    private void read(int revision) {
        for (ObjectNode event : history.tell(view, revision)) {
            if (isSecond) {
                isSecond = false;
            } else {
                queue.add(isTelling ? event.without("commit") : event);
            }
        }
        isSecond = false;
        if (!isTelling && history.endsBatchUnseen(view, revision)) {
            queue.add(history.synced(revision));
        }
    }

    private ObjectNode chained(ObjectNode event) {
        if (event.has("subject")) {
            event.put("prev", prev);
        }
        prev = event.path("id").asString();
        return event;
    }

    /** How far a page that ends here has read. */
    String since() {
        return queue.isEmpty() && !isTelling ? history.position(at) : prev;
    }

    /** That nothing is left to tell, said once more. */
    ObjectNode beat() {
        return history.synced(history.head());
    }
}
