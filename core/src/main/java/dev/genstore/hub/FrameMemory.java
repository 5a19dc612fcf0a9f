package dev.genstore.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Direct memory for frames, in blocks of a power of two. Blocks that come back are used again, so
 * that a window that moves along does not leave its memory to the garbage collector, which has no
 * reason to look for it. A frame greater than the greatest block gets memory of its own size once.
 *
 * <p>Thread-safe.
 */
final class FrameMemory {
    private static final int BLOCK_BITS_MIN = 10;
    private static final int BLOCK_BITS_MAX = 21;

    /** The smallest block: 1 KiB. */
    static final int BLOCK_BYTES_MIN = 1 << BLOCK_BITS_MIN;

    /** The greatest block that is used again: 2 MiB. */
    static final int BLOCK_BYTES_MAX = 1 << BLOCK_BITS_MAX;

    private final long spareBytesMax;
    private final ReentrantLock lock = new ReentrantLock();

    /** By size, the smallest first. */
    @GuardedBy("lock") private final List<Deque<ByteBuffer>> spare = new ArrayList<>();

    @GuardedBy("lock") private long spareBytes;

    /**
     * Memory that keeps some blocks for later.
     *
     * @param spareBytesMax how much of it may lie unused; what comes back beyond is left to the
     *     garbage collector
     */
    FrameMemory(long spareBytesMax) {
        this.spareBytesMax = spareBytesMax;
        for (int bits = BLOCK_BITS_MIN; bits <= BLOCK_BITS_MAX; bits++) {
            spare.add(new ArrayDeque<>());
        }
    }

    /** An empty block of at least this size. */
    ByteBuffer take(int bytesMin) {
        if (bytesMin > BLOCK_BYTES_MAX) {
            return ByteBuffer.allocateDirect(bytesMin);
        }
        int bits = bits(bytesMin);
        ByteBuffer block = poll(bits - BLOCK_BITS_MIN);
        return block == null ? ByteBuffer.allocateDirect(1 << bits) : block.clear();
    }

    private @Nullable ByteBuffer poll(int size) {
        lock.lock();
        try {
            ByteBuffer block = spare.get(size).pollLast();
            spareBytes -= block == null ? 0 : block.capacity();
            return block;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a block back. Nobody may use it any more. */
    void giveBack(ByteBuffer block) {
        int bytes = block.capacity();
        if (bytes > BLOCK_BYTES_MAX) {
            return;
        }
        lock.lock();
        try {
            spare.get(bits(bytes) - BLOCK_BITS_MIN).addLast(block);
            spareBytes += bytes;
            while (spareBytes > spareBytesMax) {
                spareBytes -= fullest().removeFirst().capacity();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those of which there are most make room: else blocks that nobody needs would keep out others. */
    @GuardedBy("lock") private Deque<ByteBuffer> fullest() {
        int fullest = 0;
        for (int size = 1; size < spare.size(); size++) {
            if (bytes(size) > bytes(fullest)) {
                fullest = size;
            }
        }
        return spare.get(fullest);
    }

    @GuardedBy("lock") private long bytes(int size) {
        return (long) spare.get(size).size() << (BLOCK_BITS_MIN + size);
    }

    /** How much lies unused. */
    long spareBytes() {
        lock.lock();
        try {
            return spareBytes;
        } finally {
            lock.unlock();
        }
    }

    private static int bits(int bytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, bytes) - 1);
        return Math.max(BLOCK_BITS_MIN, bits);
    }
}
