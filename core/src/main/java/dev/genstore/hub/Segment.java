package dev.genstore.hub;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run of finished frames in direct memory, one behind the other, each with the revision that it
 * tells.
 *
 * <p>The hub appends under its lock; any thread reads. {@link #count} is written behind the frame,
 * so whoever sees a count sees the frames up to it. Frames are never changed and never moved. Its
 * memory is used again when the log has dropped it and nobody {@link #retain}s it any more, so the
 * bytes may only be read by who does.
 */
final class Segment {
    private final FrameMemory memory;
    private final ByteBuffer bytes;
    private final long address;
    private final long after;

    /** One for the log, and one for each who reads. */
    private final AtomicInteger owners = new AtomicInteger(1);

    /** Grow by being replaced; volatile, so that whoever sees a new array sees what is in it. */
    private volatile long[] revisions = new long[8];

    private volatile int[] ends = new int[8];

    private volatile int count;
    private volatile @Nullable Segment next;

    /**
     * An empty segment.
     *
     * @param bytesMin how much room it has at least
     * @param after the revision above which, and up to its own last one, it has all frames
     */
    Segment(FrameMemory memory, int bytesMin, long after) {
        this.memory = memory;
        this.bytes = memory.take(bytesMin);
        this.address = MemorySegment.ofBuffer(bytes.clear()).address();
        this.after = after;
    }

    /** Keeps its memory from being used again; false when it is too late. */
    boolean retain() {
        int present = owners.get();
        while (present > 0) {
            if (owners.compareAndSet(present, present + 1)) {
                return true;
            }
            present = owners.get();
        }
        return false;
    }

    /** Ends what {@link #retain}, or being made, began. */
    void release() {
        if (owners.decrementAndGet() == 0) {
            memory.giveBack(bytes);
        }
    }

    int capacityBytes() {
        return bytes.capacity();
    }

    boolean hasRoom(int frameBytes) {
        return bytes.remaining() >= frameBytes;
    }

    /** Appends a frame; the revisions rise. */
    void append(byte[] frame, long revision) {
        int index = count;
        if (index == revisions.length) {
            revisions = Arrays.copyOf(revisions, index * 2);
            ends = Arrays.copyOf(ends, index * 2);
        }
        bytes.put(frame);
        revisions[index] = revision;
        ends[index] = bytes.position();
        count = index + 1;
    }

    void link(Segment following) {
        next = following;
    }

    @Nullable Segment next() {
        return next;
    }

    int count() {
        return count;
    }

    /** The revision above which it has all frames. */
    long after() {
        return after;
    }

    long revision(int index) {
        return revisions[index];
    }

    /** The revision of the last frame so far; there must be one. */
    long lastRevision() {
        int among = count; // before the array: one that was replaced has no room for a later count
        return revisions[among - 1];
    }

    /** The first of {@code among} frames above this revision; {@code among} if none is. */
    int firstAbove(long revision, int among) {
        int found = Arrays.binarySearch(revisions, 0, among, revision);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The last frame that fits into this many bytes, starting from {@code index}; one always does. */
    int lastWithin(int index, int among, int bytesMax) {
        int last = lastEndingBy(start(index) + bytesMax, among);
        return Math.max(index, last);
    }

    /** The last of {@code among} frames that ends at or before this byte; -1 when none does. */
    int lastEndingBy(int endByte, int among) {
        int found = Arrays.binarySearch(ends, 0, among, endByte);
        return found < 0 ? -found - 2 : found;
    }

    /** Where in native memory a byte is. */
    long address(int atByte) {
        return address + atByte;
    }

    /** Where a frame begins. */
    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Where a frame ends. */
    int end(int index) {
        return ends[index];
    }

    /** These bytes, read-only and without copying; to be read only as long as it is retained. */
    ByteBuffer slice(int fromByte, int toByte) {
        return bytes.asReadOnlyBuffer().limit(toByte).position(fromByte).slice();
    }
}
