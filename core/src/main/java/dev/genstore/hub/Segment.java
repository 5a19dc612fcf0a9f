package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A run of finished frames in direct memory, one behind the other.
 *
 * <p>The hub appends under its lock; any thread reads. {@link #count} is written behind the frame,
 * so whoever sees a count sees the frames up to it. Frames are never changed and never moved: a slice
 * that was handed out stays valid as long as somebody holds it.
 */
final class Segment {
    private final ByteBuffer bytes;

    /** Grow by being replaced; volatile, so that whoever sees a new array sees what is in it. */
    private volatile long[] orders = new long[8];

    private volatile int[] ends = new int[8];

    private volatile int count;
    private volatile @Nullable Segment next;
    private volatile boolean dropped;

    Segment(int bytesMax) {
        bytes = ByteBuffer.allocateDirect(bytesMax);
    }

    int capacityBytes() {
        return bytes.capacity();
    }

    boolean hasRoom(int frameBytes) {
        return bytes.remaining() >= frameBytes;
    }

    /** Appends a frame; its order rises along the log. */
    void append(byte[] frame, long order) {
        int index = count;
        if (index == orders.length) {
            orders = Arrays.copyOf(orders, index * 2);
            ends = Arrays.copyOf(ends, index * 2);
        }
        bytes.put(frame);
        orders[index] = order;
        ends[index] = bytes.position();
        count = index + 1;
    }

    void link(Segment following) {
        next = following;
    }

    /** Takes it out of the log; a reader inside must find its way by its revision. */
    void drop() {
        dropped = true;
        next = null;
    }

    boolean isDropped() {
        return dropped;
    }

    @Nullable Segment next() {
        return next;
    }

    int count() {
        return count;
    }

    long order(int index) {
        return orders[index];
    }

    /** The first of {@code among} frames whose order is above this one; {@code among} if none is. */
    int firstAbove(long order, int among) {
        int found = Arrays.binarySearch(orders, 0, among, order);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The last frame that fits into this many bytes, starting from {@code index}; one always does. */
    int lastWithin(int index, int among, int bytesMax) {
        int[] endBytes = ends;
        int startByte = start(index);
        int last = index;
        while (last + 1 < among && endBytes[last + 1] - startByte <= bytesMax) {
            last++;
        }
        return last;
    }

    /** The bytes of these frames, both inclusive, read-only and without copying. */
    ByteBuffer slice(int first, int last) {
        int startByte = start(first);
        return bytes.asReadOnlyBuffer().limit(ends[last]).position(startByte).slice();
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
