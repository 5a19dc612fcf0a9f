package dev.genstore.hub;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

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
    private final AtomicLong spareBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<ByteBuffer>[] spare = queues();

    /**
     * Memory that keeps some blocks for later.
     *
     * @param spareBytesMax how much of it may lie unused; what comes back beyond is left to the
     *     garbage collector
     */
    FrameMemory(long spareBytesMax) {
        this.spareBytesMax = spareBytesMax;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static ConcurrentLinkedQueue<ByteBuffer>[] queues() {
        ConcurrentLinkedQueue[] queues =
                new ConcurrentLinkedQueue[BLOCK_BITS_MAX - BLOCK_BITS_MIN + 1];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ConcurrentLinkedQueue<ByteBuffer>();
        }
        return queues;
    }

    /** An empty block of at least this size. */
    ByteBuffer take(int bytesMin) {
        if (bytesMin > BLOCK_BYTES_MAX) {
            return ByteBuffer.allocateDirect(bytesMin);
        }
        int bits = bits(bytesMin);
        ByteBuffer block = spare[bits - BLOCK_BITS_MIN].poll();
        if (block == null) {
            return ByteBuffer.allocateDirect(1 << bits);
        }
        spareBytes.addAndGet(-block.capacity());
        return block.clear();
    }

    /** Takes a block back. Nobody may use it any more. */
    void giveBack(ByteBuffer block) {
        int bytes = block.capacity();
        if (bytes > BLOCK_BYTES_MAX) {
            return;
        }
        if (spareBytes.addAndGet(bytes) > spareBytesMax) {
            spareBytes.addAndGet(-bytes);
        } else {
            spare[bits(bytes) - BLOCK_BITS_MIN].add(block);
        }
    }

    /** How much lies unused. */
    long spareBytes() {
        return spareBytes.get();
    }

    private static int bits(int bytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, bytes) - 1);
        return Math.max(BLOCK_BITS_MIN, bits);
    }
}
