package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The way to one peer. Several watchers may be told over it, one behind the other: between the bytes of
 * a frame there is nothing else, whoever writes it and by whatever way.
 *
 * <pre>
 *          a watcher is told something          it was taken, whole
 *  FREE ───────────────────────────────▶ HELD ──────────────────────▶ FREE
 *
 *          something else is written            that is done
 *  any  ───────────────────────────────▶ + a pause ─────────────────▶ - a pause
 * </pre>
 *
 * <p>Who would tell something while the line is held or pauses goes apart and waits for its turn. So a
 * slow peer costs each of its watchers a position, and all together one piece that is on its way. Only
 * a few read pages at the same time, as each has one in its hand until it is its turn.
 *
 * <p>To a watcher that is alone here, which is the rule, walks send without asking the line: whatever
 * happens to the line sets it apart.
 *
 * <p>Confined to the loop of its watchers.
 */
public final class Line {
    /** What a roster has instead of a descriptor when the line must be asked first. */
    static final int SHARED = -2;

    private static final int READS_MAX = 4;

    /** So many have their turn before other lines have theirs. */
    private static final int TURNS_MAX = 100;

    private final Sink sink;
    private final int descriptor;

    /** The watcher, as long as there never were two at a time. */
    private @Nullable Watcher alone;

    private @Nullable Watcher holder;
    private @Nullable Sharing sharing;
    private int pauses;
    private int reads;

    /** What is only needed for several. */
    private static final class Sharing {
        private final Deque<Watcher> waiting = new ArrayDeque<>();
        private final Deque<Watcher> readers = new ArrayDeque<>();
        private boolean isServing;
    }

    /** The way that this sink leads. */
    public Line(Sink sink) {
        this.sink = sink;
        this.descriptor = sink.descriptor();
    }

    Sink sink() {
        return sink;
    }

    /** One more is told over it; what its roster has for a descriptor. */
    int join(Watcher watcher) {
        if (sharing == null && alone == null) {
            alone = watcher;
            return descriptor;
        }
        share();
        return SHARED;
    }

    /** From now on it is asked, also for the one that was alone. */
    private void share() {
        if (sharing == null) {
            Watcher first = Objects.requireNonNull(alone);
            sharing = new Sharing();
            alone = null;
            first.share();
            await(first); // nobody else would wake it, if it waits
        }
    }

    /** One that was alone leaves; of several nobody is missed. */
    void leave(Watcher watcher) {
        if (alone == watcher) {
            alone = null;
        }
    }

    /** Whether something may be told now; if not, this watcher gets its turn. */
    boolean isFreeFor(Watcher watcher) {
        if (isFree()) {
            return true;
        }
        await(watcher);
        return false;
    }

    private boolean isFree() {
        return holder == null && pauses == 0;
    }

    private void await(Watcher watcher) {
        if (sharing != null && !watcher.isWaiting) {
            watcher.isWaiting = true;
            sharing.waiting.add(watcher);
        }
    }

    boolean hasWaiting() {
        return sharing != null && !sharing.waiting.isEmpty();
    }

    /** Is held for frames that are going to be sent; returns the descriptor to send them to. */
    int hold(Watcher watcher) {
        holder = watcher;
        return descriptor;
    }

    /** All that it was held for has been taken. */
    void release() {
        holder = null;
    }

    /** What it was held for is not sent any more. */
    void giveUp(Watcher watcher) {
        if (holder == watcher) {
            holder = null;
            serve();
        }
    }

    /** Gives frames to the sink; it is held until they are written. */
    void write(Watcher watcher, ByteBuffer frames, int count) {
        holder = watcher;
        sink.write(frames, count);
    }

    /** The sink has taken what it was given. Whose it was has its next turn behind the others. */
    public void written() {
        Watcher by = holder;
        holder = null;
        if (by != null) {
            by.written();
            await(by);
        }
        serve();
    }

    /** Something else is being written to the peer, which must not come between the bytes of a frame. */
    public void pause() {
        pauses++;
        if (alone != null) {
            alone.apart();
        }
    }

    /** What {@link #pause} made way for has been written. */
    public void resume() {
        pauses--;
        serve();
    }

    /** Has those who wait go on, as long as nobody holds it. */
    void serve() {
        if (sharing != null) {
            serve(sharing);
        } else if (alone != null) {
            alone.pump();
        }
    }

    /** One that is told at once leaves the line free, so that the next one follows here. */
    private void serve(Sharing among) {
        if (among.isServing) {
            return;
        }
        among.isServing = true;
        try {
            for (int turn = 0; turn < TURNS_MAX && isFree(); turn++) {
                Watcher next = among.waiting.poll();
                if (next == null) {
                    return;
                }
                next.isWaiting = false;
                next.pump();
            }
        } finally {
            among.isServing = false;
        }
        serveLater(among);
    }

    private void serveLater(Sharing among) {
        Watcher next = isFree() ? among.waiting.peek() : null;
        if (next != null) {
            next.loop().execute(this::serve);
        }
    }

    /** Has a watcher read a page, as soon as not too many do. */
    void read(Watcher watcher) {
        if (sharing == null) {
            reads++;
            watcher.read();
        } else {
            sharing.readers.add(watcher);
            letRead(sharing);
        }
    }

    /** A page that was read is on its way, or is not wanted any more. */
    void hasRead() {
        reads--;
        if (sharing != null) {
            letRead(sharing);
        }
    }

    private void letRead(Sharing among) {
        while (reads < READS_MAX) {
            Watcher next = among.readers.poll();
            if (next == null) {
                return;
            }
            if (!next.isClosed()) {
                reads++;
                next.read();
            }
        }
    }
}
