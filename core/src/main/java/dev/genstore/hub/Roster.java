package dev.genstore.hub;

import java.util.Arrays;

/**
 * The watchers of one group, in arrays: what a walk over thousands of them needs of each lies side
 * by side, and the watchers themselves are only touched when something is out of the ordinary.
 *
 * <p>Dense; who leaves is replaced by the last one. Confined to the group's loop.
 */
final class Roster {
    private static final int SIZE_FIRST = 2;

    private Watcher[] watchers = new Watcher[SIZE_FIRST];
    private int[] descriptors = new int[SIZE_FIRST];

    /** Up to which revision each has been told everything. */
    private long[] cursors = new long[SIZE_FIRST];

    /** Whether a walk passes it by: it is busy, or is not in the window. */
    private boolean[] apart = new boolean[SIZE_FIRST];

    private int size;

    int size() {
        return size;
    }

    /** Adds a watcher, apart. */
    void add(Watcher watcher, int descriptor) {
        if (size == watchers.length) {
            resize(size * 2);
        }
        watcher.index = size;
        watchers[size] = watcher;
        descriptors[size] = descriptor;
        cursors[size] = 0;
        apart[size] = true;
        size++;
    }

    void remove(Watcher watcher) {
        size--;
        int gap = watcher.index;
        Watcher last = watchers[size];
        watchers[gap] = last;
        descriptors[gap] = descriptors[size];
        cursors[gap] = cursors[size];
        apart[gap] = apart[size];
        last.index = gap;
        forgetLast();
    }

    @SuppressWarnings("NullAway") // what is behind the size is never read
    private void forgetLast() {
        watchers[size] = null;
        if (size * 4 <= watchers.length && size >= SIZE_FIRST) {
            resize(watchers.length / 2);
        }
    }

    private void resize(int room) {
        watchers = Arrays.copyOf(watchers, room);
        descriptors = Arrays.copyOf(descriptors, room);
        cursors = Arrays.copyOf(cursors, room);
        apart = Arrays.copyOf(apart, room);
    }

    Watcher watcher(int index) {
        return watchers[index];
    }

    int descriptor(int index) {
        return descriptors[index];
    }

    /** From now on this one is told over a line that others are told over, too. */
    void share(int index) {
        descriptors[index] = Line.SHARED;
    }

    /** Whether there may be something of another watcher on its line. */
    boolean isShared(int index) {
        return descriptors[index] == Line.SHARED;
    }

    long cursor(int index) {
        return cursors[index];
    }

    void cursor(int index, long revision) {
        cursors[index] = revision;
    }

    boolean isApart(int index) {
        return apart[index];
    }

    void apart(int index, boolean isApart) {
        apart[index] = isApart;
    }
}
