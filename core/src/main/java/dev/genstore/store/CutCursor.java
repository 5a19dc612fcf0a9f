package dev.genstore.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How far the retention of one collection has come in the log.
 *
 * <pre>
 *   horizon          tail                       front            head
 *      │ nothing left │ may be cut; counted, if    │ not looked at │
 *      │ to cut       │ there may be only so many  │ yet           │
 * </pre>
 *
 * <p>Both ends only go forward, so a change is counted once and cut once. Nothing of this is stored:
 * what is cut says so itself, and a start looks through the log anew.
 *
 * <p>Confined to the writer thread.
 */
final class CutCursor {
    /** How many changes of all collections a step looks through; that takes some milliseconds. */
    private static final int LOOK = 10_000;

    /** What the changes that a step cuts may weigh; the last one may weigh more. */
    private static final long WEIGHT_MAX = 4L << 20;

    private final String collection;
    private CollectionRetention retention;
    private long tail;
    private long front;

    /** How many changes of the collection there are between tail and front, if that matters. */
    private long between;

    private boolean isStopped;

    CutCursor(String collection, CollectionRetention retention) {
        this.collection = collection;
        this.retention = retention;
    }

    String collection() {
        return collection;
    }

    /** From now on it is another one. What was not counted so far has to be, and is tried again. */
    void become(CollectionRetention next) {
        isStopped &= next.equals(retention);
        if (retention.changes() == null) {
            front = tail;
            between = 0;
        }
        retention = next;
    }

    /** Begins anew: nobody knows whether what was cut last is. */
    void restart() {
        tail = 0;
        front = 0;
        between = 0;
    }

    /** Cuts no more, until the next start or another retention: something can't be read. */
    void stop() {
        isStopped = true;
    }

    /** The log is going to begin above this revision, and has all up to it yet. */
    void trimming(Ledger ledger, long through) {
        if (tail < through) {
            between -=
                    isCounted() ? ledger.countWhole(collection, tail, Math.min(through, front)) : 0;
            raise(through);
        }
    }

    /**
     * Goes on.
     *
     * @param head what is not above that may be cut
     * @param countMax how many changes may be cut
     * @return whether there may be more to do
     */
    boolean step(Ledger ledger, long head, long horizon, long nowMillis, int countMax) {
        if (isStopped) {
            return false;
        }
        raise(horizon);
        look(ledger, head);
        boolean hasMore = cutTooOld(ledger, head, nowMillis, countMax);
        hasMore |= cutTooMany(ledger, countMax);
        return hasMore || front < head;
    }

    /** What becomes too old while it is done waits for the next round: one commit is enough for many. */
    private boolean cutTooOld(Ledger ledger, long head, long nowMillis, int countMax) {
        Duration age = retention.age();
        if (age == null) {
            return false;
        }
        long oldestMillis = nowMillis - TimeUnit.MILLISECONDS.convert(age);
        long end = Math.min(front, tail + LOOK);
        long through = LogTimes.lastBefore(ledger, oldestMillis, tail, end);
        if (through > tail) {
            cut(ledger, through, countMax);
        }
        return tail < through || (through == end && end < head);
    }

    private boolean cutTooMany(Ledger ledger, int countMax) {
        Long changes = retention.changes();
        if (changes == null || between <= changes) {
            return false;
        }
        cut(ledger, Math.min(front, tail + LOOK), (int) Math.min(countMax, between - changes));
        return between > changes && tail < front;
    }

    private void raise(long horizon) {
        tail = Math.max(tail, horizon);
        front = Math.max(front, horizon);
    }

    private void look(Ledger ledger, long head) {
        if (!isCounted()) {
            front = head;
        } else if (front < head) {
            long to = Math.min(head, front + LOOK);
            between += ledger.countWhole(collection, front, to);
            front = to;
        }
    }

    private void cut(Ledger ledger, long through, int countMax) {
        CutStep step = ledger.cut(collection, tail, through, countMax, WEIGHT_MAX);
        tail = step.through();
        between -= isCounted() ? step.count() : 0;
    }

    private boolean isCounted() {
        return retention.changes() != null;
    }
}
